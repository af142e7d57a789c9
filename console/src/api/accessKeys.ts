import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";

/** How many a user may have. */
export const MOST_KEYS = 2;

export interface KeyUse {
  /** Undefined when it was never used. */
  at: Date | undefined;
  service: string;
  region: string;
}

export interface AccessKey {
  id: string;
  active: boolean;
  createdAt: Date;
  /** Undefined when that could not be learned, for `useError`. */
  use: KeyUse | undefined;
  useError: unknown;
}

export interface NewKey {
  id: string;
  secret: string;
}

/** Lists the access keys of a user, or one's own, the oldest first. */
export async function listAccessKeys(UserName: string | undefined): Promise<AccessKey[]> {
  const listed = await listAll(
    (Marker) => iam.send(new ListAccessKeysCommand({ UserName, Marker })),
    (page) => page.AccessKeyMetadata,
  );
  const keys = await Promise.all(
    listed.map(async ({ AccessKeyId: id = "", Status, CreateDate = new Date(0) }) => ({
      id,
      active: Status === "Active",
      createdAt: CreateDate,
      ...(await lastUse(id)),
    })),
  );
  return keys.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

/** Who may list keys need not be let to see their use: that is told apart. */
async function lastUse(AccessKeyId: string): Promise<Pick<AccessKey, "use" | "useError">> {
  try {
    const { AccessKeyLastUsed } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
    const { LastUsedDate: at, ServiceName: service = "", Region: region = "" } = AccessKeyLastUsed ?? {};
    return { use: { at, service, region }, useError: undefined };
  } catch (error) {
    return { use: undefined, useError: error };
  }
}

export async function createAccessKey(UserName: string | undefined): Promise<NewKey> {
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { id: AccessKey?.AccessKeyId ?? "", secret: AccessKey?.SecretAccessKey ?? "" };
}

export async function setKeyActive(UserName: string | undefined, AccessKeyId: string, active: boolean): Promise<void> {
  await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: active ? "Active" : "Inactive" }));
}

export async function deleteAccessKey(UserName: string | undefined, AccessKeyId: string): Promise<void> {
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
}

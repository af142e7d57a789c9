import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  type Tag,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import type { Deed } from "#/api/deeds";
import { policiesOf } from "#/api/permissions";
import { nameOfPolicy } from "#/api/policies";
import { EC2 } from "#/pages/create-role/services";
import { NO_TRUST, type Trust } from "#/pages/create-role/trust";

/** A role as it is being put together. */
export interface RoleDraft {
  trust: Trust;
  policies: string[];
  /** Empty when there is none. */
  boundary: string;
  name: string;
  description: string;
  tags: Tag[];
}

export const EMPTY_DRAFT: RoleDraft = {
  trust: NO_TRUST,
  policies: [],
  boundary: "",
  name: "",
  description: "",
  tags: [],
};

export const LONGEST_ROLE_NAME = 64;
export const LONGEST_DESCRIPTION = 1000;
const DESCRIPTION = /^[\t\n\r -~¡-ÿ]*$/;

export function descriptionProblem(description: string): string | undefined {
  if (description.length > LONGEST_DESCRIPTION) return `Enter up to ${LONGEST_DESCRIPTION} characters.`;
  if (!DESCRIPTION.test(description)) return "The description has characters that are not allowed.";
  return undefined;
}

/** Returns what is to be done, in order, so that there is the role. */
export function deedsFor(draft: RoleDraft, trustPolicy: string): Deed[] {
  const { name, description, boundary, tags, policies, trust } = draft;
  const role = new CreateRoleCommand({
    RoleName: name,
    AssumeRolePolicyDocument: trustPolicy,
    ...(description ? { Description: description } : {}),
    ...(boundary ? { PermissionsBoundary: boundary } : {}),
    ...(tags.length > 0 ? { Tags: tags } : {}),
  });
  const attachments = policies.map((arn) => ({
    what: `Attach the policy ${nameOfPolicy(arn)}`,
    run: () => policiesOf.role.attach(name, arn),
  }));
  const forInstances = trust.kind === "service" && trust.service === EC2 ? instanceProfile(name) : [];
  return [
    { what: `Create the role ${name}`, run: () => iam.send(role), essential: true },
    ...attachments,
    ...forInstances,
  ];
}

function instanceProfile(name: string): Deed[] {
  const names = { InstanceProfileName: name };
  return [
    { what: `Create the instance profile ${name}`, run: () => iam.send(new CreateInstanceProfileCommand(names)) },
    {
      what: "Put the role into the instance profile",
      run: () => iam.send(new AddRoleToInstanceProfileCommand({ ...names, RoleName: name })),
    },
  ];
}

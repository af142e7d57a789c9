import {
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  ListEntitiesForPolicyCommand,
  type PasswordPolicy,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import type { CredentialReport, ReportedUser } from "#/api/credentialReport";
import { listAll } from "#/api/pages";
import { isCode } from "#/api/refusal";

/** How much a finding matters. */
export type Severity = "high" | "medium" | "low";

/** Days after which a key is to be changed, and after which a credential counts as unused. */
export const MOST_DAYS = 90;
/** Days in which the root user should not have been at work. */
export const ROOT_DAYS = 30;

const DAY_MS = 86_400_000;
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

/** Returns when the root user was last at work: signed in, or by an access key. */
export function rootLastUsed({ root }: CredentialReport): Date | undefined {
  return root && latest([root.passwordLastUsed, ...root.keys.map((key) => key.lastUsed)]);
}

export function isWithin(days: number, moment: Date | undefined, now: Date): boolean {
  return moment !== undefined && now.getTime() - moment.getTime() <= days * DAY_MS;
}

/** Returns the users who sign in to the console with nothing but a password. */
export function usersWithoutMfa({ users }: CredentialReport): string[] {
  return names(users.filter((user) => user.hasPassword && !user.hasMfa));
}

/** Returns the users who have an active access key that is older than it should be. */
export function usersWithOldKeys({ users }: CredentialReport, now: Date): string[] {
  return names(users.filter((user) => user.keys.some((key) => key.active && isOld(key.lastRotated, now))));
}

/** Returns the users who have a password or an active access key that nobody has used for long. */
export function usersWithUnusedCredentials({ users }: CredentialReport, now: Date): string[] {
  // What was never used is as old as it is there.
  const isIdle = (user: ReportedUser) =>
    (user.hasPassword && isOld(latest([user.passwordLastUsed, user.passwordLastChanged]), now)) ||
    user.keys.some((key) => key.active && isOld(latest([key.lastUsed, key.lastRotated]), now));
  return names(users.filter(isIdle));
}

export interface WideOpenPolicy {
  name: string;
  arn: string;
}

/** Returns the customer managed policies that allow everything on everything. */
export async function wideOpenPolicies(): Promise<WideOpenPolicy[]> {
  // One call has the documents of a thousand policies; by name and version it would take a thousand.
  const policies = await listAll(
    (Marker) =>
      iam.send(
        new GetAccountAuthorizationDetailsCommand({
          Filter: ["LocalManagedPolicy"],
          MaxItems: 1000,
          ...(Marker ? { Marker } : {}),
        }),
      ),
    (page) => page.Policies,
  );
  return policies
    .filter(({ PolicyVersionList }) => {
      const current = PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion);
      return current?.Document !== undefined && allowsEverything(decodeURIComponent(current.Document));
    })
    .map(({ PolicyName = "", Arn = "" }) => ({ name: PolicyName, arn: Arn }));
}

/** Returns the users who have AdministratorAccess themselves, not by a group. */
export async function directAdministrators(): Promise<string[]> {
  const users = await listAll(
    (Marker) =>
      iam.send(
        new ListEntitiesForPolicyCommand({
          PolicyArn: ADMINISTRATOR,
          EntityFilter: "User",
          PolicyUsageFilter: "PermissionsPolicy",
          MaxItems: 1000,
          ...(Marker ? { Marker } : {}),
        }),
      ),
    (page) => page.PolicyUsers,
  );
  return users.map(({ UserName = "" }) => UserName);
}

/** Returns the account's password policy, or nothing when it has none of its own. */
export async function findPasswordPolicy(): Promise<PasswordPolicy | undefined> {
  try {
    return (await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy;
  } catch (error) {
    if (isCode(error, "NoSuchEntity")) return undefined;
    throw error;
  }
}

/** Tells whether a policy has a statement that allows every action on every resource, whenever. */
export function allowsEverything(document: string): boolean {
  const { Statement } = JSON.parse(document);
  return [Statement].flat().some((statement: Record<string, unknown>) => {
    const isEvery = (element: string, every: RegExp) =>
      [statement[element]].flat().some((value) => typeof value === "string" && every.test(value));
    const unconditional = Object.keys(statement.Condition ?? {}).length === 0;
    return (
      statement.Effect === "Allow" && unconditional && isEvery("Action", /^\*+(:\*+)?$/) && isEvery("Resource", /^\*+$/)
    );
  });
}

function isOld(moment: Date | undefined, now: Date): boolean {
  return moment !== undefined && !isWithin(MOST_DAYS, moment, now);
}

function latest(moments: (Date | undefined)[]): Date | undefined {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === 0 ? undefined : new Date(Math.max(...known.map((moment) => moment.getTime())));
}

function names(users: ReportedUser[]): string[] {
  return users.map(({ name }) => name);
}

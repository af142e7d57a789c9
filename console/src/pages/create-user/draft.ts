import type { Tag } from "@aws-sdk/client-iam";
import type { PasswordRules } from "#/api/password";
import { nameProblem } from "#/parts/entityName";
import { GENERATED, type PasswordPlan, planProblem } from "#/parts/PasswordChoice";
import { tagProblems } from "#/parts/TagsEditor";
import type { Permissions } from "./permissions";

export type PermissionsKind = "groups" | "copy" | "policies";

/** A user as the wizard has it so far. */
export interface UserDraft {
  name: string;
  consoleAccess: boolean;
  password: PasswordPlan;
  permissionsKind: PermissionsKind;
  groups: string[];
  copyFrom: string | undefined;
  /** What `copyFrom` has; undefined until it is known. */
  copied: Permissions | undefined;
  policies: string[];
  /** The ARN of the policy that bounds what the user may do. */
  boundary: string | undefined;
  tags: Tag[];
}

export const EMPTY: UserDraft = {
  name: "",
  consoleAccess: false,
  password: GENERATED,
  permissionsKind: "groups",
  groups: [],
  copyFrom: undefined,
  copied: undefined,
  policies: [],
  boundary: undefined,
  tags: [],
};

export type Change = (part: Partial<UserDraft>) => void;

export const LONGEST_NAME = 64;

/** Tells, by step, whether one may go on from there. */
export function stepsDone(draft: UserDraft, rules: PasswordRules | undefined): boolean[] {
  const details =
    !nameProblem(draft.name, LONGEST_NAME) && !(draft.consoleAccess && planProblem(draft.password, rules));
  const permissions = draft.permissionsKind !== "copy" || draft.copied !== undefined;
  return [details, permissions, tagProblems(draft.tags).length === 0, true];
}

/** Returns the permissions that were chosen, in whichever way. */
export function permissionsOf(draft: UserDraft): Permissions {
  const none = { groups: [], policies: [], inline: [], boundary: draft.boundary };
  switch (draft.permissionsKind) {
    case "groups":
      return { ...none, groups: draft.groups };
    case "policies":
      return { ...none, policies: draft.policies };
    case "copy":
      return { ...none, ...draft.copied, boundary: draft.boundary ?? draft.copied?.boundary };
  }
}

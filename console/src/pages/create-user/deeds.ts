import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import type { Deed } from "#/api/deeds";
import { nameOfPolicy } from "#/api/policies";
import { CHANGE_PASSWORD_POLICY } from "#/parts/PasswordChoice";
import { permissionsOf, type UserDraft } from "./draft";

export const SET_PASSWORD = "Set the console password";

/** Returns what has to be done to make a user; the boundary comes with the user, so that there is no time without it. */
export function deedsFor(draft: UserDraft, password: string | undefined): Deed[] {
  const UserName = draft.name;
  const { groups, policies, inline, boundary } = permissionsOf(draft);
  const changesPassword = password !== undefined && draft.password.mustChange;
  const attached = changesPassword ? [...policies, CHANGE_PASSWORD_POLICY] : policies;
  const create = new CreateUserCommand({ UserName, Tags: draft.tags, PermissionsBoundary: boundary });
  return [
    { what: `Create the user ${UserName}`, essential: true, run: () => iam.send(create) },
    ...(password === undefined ? [] : [passwordDeed(UserName, password, draft.password.mustChange)]),
    ...groups.map((GroupName) => ({
      what: `Add the user to the group ${GroupName}`,
      run: () => iam.send(new AddUserToGroupCommand({ UserName, GroupName })),
    })),
    ...[...new Set(attached)].map((PolicyArn) => ({
      what: `Attach the policy ${nameOfPolicy(PolicyArn)}`,
      run: () => iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
    })),
    ...inline.map(({ name, document }) => ({
      what: `Copy the inline policy ${name}`,
      run: () => iam.send(new PutUserPolicyCommand({ UserName, PolicyName: name, PolicyDocument: document })),
    })),
  ];
}

function passwordDeed(UserName: string, Password: string, PasswordResetRequired: boolean): Deed {
  const command = new CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired });
  return { what: SET_PASSWORD, run: () => iam.send(command) };
}

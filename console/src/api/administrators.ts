import {
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  GetGroupCommand,
  ListEntitiesForPolicyCommand,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { generatePassword, passwordRules } from "#/api/password";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

/** Returns the names of the users who have AdministratorAccess, by themselves or by a group. */
export async function listAdministrators(): Promise<string[]> {
  const { users, groups } = await entitiesWithPolicy();
  const byGroup = await Promise.all(groups.map(membersOf));
  return [...new Set([...users, ...byGroup.flat()])].sort();
}

export interface NewAdministrator {
  userName: string;
  password: string;
}

/** Makes a user with AdministratorAccess, and a password by chance that is to be changed at the first sign-in. */
export async function createAdministrator(userName: string): Promise<NewAdministrator> {
  const password = generatePassword(await passwordRules());
  await iam.send(new CreateUserCommand({ UserName: userName }));
  await iam.send(
    new CreateLoginProfileCommand({ UserName: userName, Password: password, PasswordResetRequired: true }),
  );
  await iam.send(new AttachUserPolicyCommand({ UserName: userName, PolicyArn: ADMINISTRATOR }));
  return { userName, password };
}

async function entitiesWithPolicy(): Promise<{ users: string[]; groups: string[] }> {
  const entities = await listAll(
    (Marker) => iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: ADMINISTRATOR, Marker, MaxItems: 1000 })),
    ({ PolicyUsers = [], PolicyGroups = [] }) => [...PolicyUsers, ...PolicyGroups],
  );
  return {
    users: entities.flatMap((entity) => ("UserName" in entity && entity.UserName ? [entity.UserName] : [])),
    groups: entities.flatMap((entity) => ("GroupName" in entity && entity.GroupName ? [entity.GroupName] : [])),
  };
}

async function membersOf(groupName: string): Promise<string[]> {
  const members = await listAll(
    (Marker) => iam.send(new GetGroupCommand({ GroupName: groupName, Marker, MaxItems: 1000 })),
    (page) => page.Users,
  );
  return members.flatMap(({ UserName }) => (UserName ? [UserName] : []));
}

import {
  AddUserToGroupCommand,
  DeleteGroupCommand,
  GetGroupCommand,
  type Group,
  ListGroupsCommand,
  ListUsersCommand,
  RemoveUserFromGroupCommand,
  type User,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { policiesOf } from "#/api/permissions";

const MaxItems = 1000;

export function listGroups(early?: (groups: Group[]) => void): Promise<Group[]> {
  return listAll(
    (Marker) => iam.send(new ListGroupsCommand({ Marker, MaxItems })),
    (page) => page.Groups,
    early,
  );
}

export function listUsers(early?: (users: User[]) => void): Promise<User[]> {
  return listAll(
    (Marker) => iam.send(new ListUsersCommand({ Marker, MaxItems })),
    (page) => page.Users,
    early,
  );
}

export function usersOf(GroupName: string, early?: (users: User[]) => void): Promise<User[]> {
  return listAll(
    (Marker) => iam.send(new GetGroupCommand({ GroupName, Marker, MaxItems })),
    (page) => page.Users,
    early,
  );
}

export function addToGroup(GroupName: string, UserName: string): Promise<unknown> {
  return iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
}

export function removeFromGroup(GroupName: string, UserName: string): Promise<unknown> {
  return iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName }));
}

/** Deletes a group and what hangs on it, which IAM wants to be gone first. */
export async function deleteGroup(name: string): Promise<void> {
  for (const user of await usersOf(name)) await removeFromGroup(name, user.UserName ?? "");
  for (const policy of await policiesOf.group.listAttached(name)) {
    await policiesOf.group.detach(name, policy.PolicyArn ?? "");
  }
  for (const policy of await policiesOf.group.listInline(name)) await policiesOf.group.deleteInline(name, policy);
  await iam.send(new DeleteGroupCommand({ GroupName: name }));
}

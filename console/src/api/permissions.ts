import {
  type AttachedPolicy,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DeleteGroupPolicyCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  PutRolePermissionsBoundaryCommand,
  PutUserPermissionsBoundaryCommand,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";

export type PrincipalKind = "user" | "group" | "role";

/** What IAM has for the policies of one kind of principal. */
interface PolicyCalls {
  listAttached(name: string): Promise<AttachedPolicy[]>;
  listInline(name: string): Promise<string[]>;
  attach(name: string, arn: string): Promise<unknown>;
  detach(name: string, arn: string): Promise<unknown>;
  deleteInline(name: string, policy: string): Promise<unknown>;
}

const MaxItems = 1000;

const ofUser: PolicyCalls = {
  listAttached: (UserName) =>
    listAll(
      (Marker) => iam.send(new ListAttachedUserPoliciesCommand({ UserName, Marker, MaxItems })),
      (page) => page.AttachedPolicies,
    ),
  listInline: (UserName) =>
    listAll(
      (Marker) => iam.send(new ListUserPoliciesCommand({ UserName, Marker, MaxItems })),
      (page) => page.PolicyNames,
    ),
  attach: (UserName, PolicyArn) => iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
  detach: (UserName, PolicyArn) => iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn })),
  deleteInline: (UserName, PolicyName) => iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName })),
};

const ofGroup: PolicyCalls = {
  listAttached: (GroupName) =>
    listAll(
      (Marker) => iam.send(new ListAttachedGroupPoliciesCommand({ GroupName, Marker, MaxItems })),
      (page) => page.AttachedPolicies,
    ),
  listInline: (GroupName) =>
    listAll(
      (Marker) => iam.send(new ListGroupPoliciesCommand({ GroupName, Marker, MaxItems })),
      (page) => page.PolicyNames,
    ),
  attach: (GroupName, PolicyArn) => iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn })),
  detach: (GroupName, PolicyArn) => iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })),
  deleteInline: (GroupName, PolicyName) => iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName })),
};

const ofRole: PolicyCalls = {
  listAttached: (RoleName) =>
    listAll(
      (Marker) => iam.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker, MaxItems })),
      (page) => page.AttachedPolicies,
    ),
  listInline: (RoleName) =>
    listAll(
      (Marker) => iam.send(new ListRolePoliciesCommand({ RoleName, Marker, MaxItems })),
      (page) => page.PolicyNames,
    ),
  attach: (RoleName, PolicyArn) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
  detach: (RoleName, PolicyArn) => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
  deleteInline: (RoleName, PolicyName) => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })),
};

export const policiesOf: Record<PrincipalKind, PolicyCalls> = { user: ofUser, group: ofGroup, role: ofRole };

/** What IAM has for permissions boundaries; groups have none. */
interface BoundaryCalls {
  /** Returns the ARN of the policy that is the boundary. */
  get(name: string): Promise<string | undefined>;
  set(name: string, arn: string): Promise<unknown>;
  remove(name: string): Promise<unknown>;
}

export type BoundedKind = Exclude<PrincipalKind, "group">;

export const boundaryOf: Record<BoundedKind, BoundaryCalls> = {
  user: {
    get: async (UserName) =>
      (await iam.send(new GetUserCommand({ UserName }))).User?.PermissionsBoundary?.PermissionsBoundaryArn,
    set: (UserName, PermissionsBoundary) =>
      iam.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary })),
    remove: (UserName) => iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName })),
  },
  role: {
    get: async (RoleName) =>
      (await iam.send(new GetRoleCommand({ RoleName }))).Role?.PermissionsBoundary?.PermissionsBoundaryArn,
    set: (RoleName, PermissionsBoundary) =>
      iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary })),
    remove: (RoleName) => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
  },
};

import {
  GetGroupPolicyCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import type { PrincipalKind } from "#/api/permissions";
import { decodeDocument } from "#/api/policyDocuments";

/** What IAM has for the inline policies of one kind of principal. */
interface InlinePolicyCalls {
  get(name: string, policy: string): Promise<string>;
  put(name: string, policy: string, document: string): Promise<unknown>;
}

export const inlinePoliciesOf: Record<PrincipalKind, InlinePolicyCalls> = {
  user: {
    get: async (UserName, PolicyName) => decoded(await iam.send(new GetUserPolicyCommand({ UserName, PolicyName }))),
    put: (UserName, PolicyName, PolicyDocument) =>
      iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument })),
  },
  group: {
    get: async (GroupName, PolicyName) => decoded(await iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName }))),
    put: (GroupName, PolicyName, PolicyDocument) =>
      iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument })),
  },
  role: {
    get: async (RoleName, PolicyName) => decoded(await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
    put: (RoleName, PolicyName, PolicyDocument) =>
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
  },
};

function decoded({ PolicyDocument }: { PolicyDocument: string | undefined }): string {
  return decodeDocument(PolicyDocument ?? "");
}

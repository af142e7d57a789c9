// The AWS SDK for JavaScript (version 3) against the server in AWS_ENDPOINT_URL, as an administrator of a fresh account.
// WEB_ROLE_ARN is a role for whoever bears the token in TOKEN_FILE.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as iam from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromTemporaryCredentials, fromTokenFile } from "@aws-sdk/credential-providers";

const endpoint = process.env.AWS_ENDPOINT_URL;
const options = { endpoint, region: "eu-central-1", maxAttempts: 1 };
const client = new iam.IAMClient({ ...options, customUserAgent: [["javascript-test", "1.0"]] });
const account = (await new STSClient(options).send(new GetCallerIdentityCommand())).Account;
const arn = (resource) => `arn:aws:iam::${account}:${resource}`;
const allow = (...actions) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] });
const trust = (principal) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
  });

async function refusal(promise, kind) {
  const error = await promise.then(
    () => assert.fail("nobody refused"),
    (thrown) => thrown,
  );
  if (kind) assert.ok(error instanceof kind, `${error.name} is no ${kind.name}`);
  assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
  return [error.name, error.$metadata.httpStatusCode, error.message];
}

test("a user, a group and what the answers hold", async () => {
  const made = await client.send(
    new iam.CreateUserCommand({ UserName: "js-user", Path: "/js/", Tags: [{ Key: "team", Value: "größe 1+1=2 @ a/b" }] }),
  );
  assert.equal(made.$metadata.httpStatusCode, 200);
  assert.match(made.$metadata.requestId, /^[0-9a-f-]{36}$/);
  assert.equal(made.User.Arn, arn("user/js/js-user"));
  assert.match(made.User.UserId, /^AIDA[A-Z2-7]{17}$/);
  assert.ok(Math.abs(made.User.CreateDate - new Date()) < 60_000);
  assert.deepEqual(made.User.Tags, [{ Key: "team", Value: "größe 1+1=2 @ a/b" }]);
  assert.equal(made.User.PasswordLastUsed, undefined);

  await client.send(new iam.CreateGroupCommand({ GroupName: "js-group" }));
  await client.send(new iam.AddUserToGroupCommand({ GroupName: "js-group", UserName: "js-user" }));
  const group = await client.send(new iam.GetGroupCommand({ GroupName: "js-group" }));
  assert.deepEqual(group.Users.map((user) => user.UserName), ["js-user"]);
  assert.equal(group.IsTruncated, false);
  assert.equal(group.Marker, undefined);
});

test("a policy and its versions", async () => {
  const document = allow("iam:ListUsers");
  const { Policy: made } = await client.send(
    new iam.CreatePolicyCommand({ PolicyName: "js-policy", PolicyDocument: document, Description: "für alle" }),
  );
  assert.equal(made.Arn, arn("policy/js-policy"));
  assert.equal(made.AttachmentCount, 0);
  assert.equal(made.IsAttachable, true);
  const PolicyArn = made.Arn;
  assert.equal((await client.send(new iam.GetPolicyCommand({ PolicyArn }))).Policy.Description, "für alle");
  await client.send(
    new iam.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allow("iam:ListUsers", "iam:GetUser"), SetAsDefault: true }),
  );
  const first = await client.send(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
  assert.equal(decodeURIComponent(first.PolicyVersion.Document), document);
  assert.equal(first.PolicyVersion.IsDefaultVersion, false);
  await client.send(new iam.AttachGroupPolicyCommand({ GroupName: "js-group", PolicyArn }));
  const attached = await client.send(new iam.ListAttachedGroupPoliciesCommand({ GroupName: "js-group" }));
  assert.deepEqual(attached.AttachedPolicies, [{ PolicyArn, PolicyName: "js-policy" }]);
});

test("pages", async () => {
  const names = Array.from({ length: 7 }, (_, number) => `js-page-${number}`);
  for (const UserName of names) await client.send(new iam.CreateUserCommand({ UserName, Path: "/pages/" }));
  const pages = [];
  for await (const page of iam.paginateListUsers({ client, pageSize: 3 }, { PathPrefix: "/pages/" }))
    pages.push(page.Users.map((user) => user.UserName));
  assert.deepEqual(pages, [names.slice(0, 3), names.slice(3, 6), names.slice(6)]);

  const details = {};
  for await (const page of iam.paginateGetAccountAuthorizationDetails({ client, pageSize: 2 }, { Filter: ["User"] }))
    for (const user of page.UserDetailList) details[user.UserName] = user.GroupList;
  assert.deepEqual(details["js-user"], ["js-group"]);
  assert.ok(names.every((name) => name in details));
});

test("waiters", async () => {
  const waiting = { client, maxWaitTime: 10 };
  await client.send(new iam.CreateInstanceProfileCommand({ InstanceProfileName: "js-profile" }));
  await client.send(
    new iam.CreateRoleCommand({
      RoleName: "js-ec2",
      AssumeRolePolicyDocument: trust({ Service: "ec2.amazonaws.com" }),
    }),
  );
  for (const [wait, input] of [
    [iam.waitUntilUserExists, { UserName: "js-user" }],
    [iam.waitUntilRoleExists, { RoleName: "js-ec2" }],
    [iam.waitUntilPolicyExists, { PolicyArn: arn("policy/js-policy") }],
    [iam.waitUntilInstanceProfileExists, { InstanceProfileName: "js-profile" }],
  ])
    assert.equal((await wait(waiting, input)).state, "SUCCESS");
  await assert.rejects(
    iam.waitUntilUserExists({ client, maxWaitTime: 2, minDelay: 1, maxDelay: 1 }, { UserName: "js-nobody" }),
    { name: "TimeoutError" },
  );
});

test("refusals have the SDK's own classes", async () => {
  const send = (command) => client.send(command);
  assert.deepEqual(
    await refusal(send(new iam.GetUserCommand({ UserName: "js-nobody" })), iam.NoSuchEntityException),
    ["NoSuchEntityException", 404, "The user with name js-nobody cannot be found."],
  );
  assert.deepEqual(
    await refusal(send(new iam.CreateUserCommand({ UserName: "js-user" })), iam.EntityAlreadyExistsException),
    ["EntityAlreadyExistsException", 409, "User with name js-user already exists."],
  );
  assert.deepEqual(
    await refusal(send(new iam.DeleteGroupCommand({ GroupName: "js-group" })), iam.DeleteConflictException),
    ["DeleteConflictException", 409, "Cannot delete entity, must remove users from group first."],
  );
  const malformed = await refusal(
    send(new iam.CreatePolicyCommand({ PolicyName: "js-bad", PolicyDocument: "{" })),
    iam.MalformedPolicyDocumentException,
  );
  assert.deepEqual(malformed.slice(0, 2), ["MalformedPolicyDocumentException", 400]);
  const builtIn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const denied = await refusal(send(new iam.DeletePolicyCommand({ PolicyArn: builtIn })));
  assert.deepEqual(denied.slice(0, 2), ["AccessDenied", 403]);
});

test("a user assumes a role, and the SDK's providers do", async () => {
  const { AccessKey: key } = await client.send(new iam.CreateAccessKeyCommand({ UserName: "js-user" }));
  const credentials = { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey };
  const user = new STSClient({ ...options, credentials });
  const { Role: role } = await client.send(
    new iam.CreateRoleCommand({
      RoleName: "js-role",
      Path: "/js/",
      AssumeRolePolicyDocument: trust({ AWS: arn("user/js/js-user") }),
    }),
  );
  const RoleArn = role.Arn;
  await client.send(
    new iam.PutRolePolicyCommand({ RoleName: "js-role", PolicyName: "work", PolicyDocument: allow("iam:GetRole") }),
  );

  const session = await user.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "direct" }));
  assert.equal(session.AssumedRoleUser.AssumedRoleId, `${role.RoleId}:direct`);
  assert.ok(session.Credentials.Expiration > new Date());

  const masterCredentials = credentials;
  const provided = fromTemporaryCredentials({
    masterCredentials,
    params: { RoleArn, RoleSessionName: "provided" },
    clientConfig: { endpoint, region: "us-east-1" },
  });
  const inRole = new STSClient({ ...options, credentials: provided });
  const identity = await inRole.send(new GetCallerIdentityCommand());
  assert.equal(identity.Arn, `arn:aws:sts::${account}:assumed-role/js-role/provided`);
  const acting = new iam.IAMClient({ ...options, credentials: provided });
  assert.equal((await acting.send(new iam.GetRoleCommand({ RoleName: "js-role" }))).Role.Path, "/js/");
  assert.deepEqual(await refusal(acting.send(new iam.DeleteRoleCommand({ RoleName: "js-role" }))), [
    "AccessDenied",
    403,
    `User: ${identity.Arn} is not authorized to perform: iam:DeleteRole on resource: role js-role ` +
      "because no identity-based policy allows the iam:DeleteRole action",
  ]);
  const other = await refusal(
    user.send(new AssumeRoleCommand({ RoleArn: arn("role/js-ec2"), RoleSessionName: "other" })),
  );
  assert.deepEqual(other.slice(0, 2), ["AccessDenied", 403]);
});

test("a web identity's token is exchanged", async () => {
  const credentials = fromTokenFile({
    webIdentityTokenFile: process.env.TOKEN_FILE,
    roleArn: process.env.WEB_ROLE_ARN,
    roleSessionName: "from-file",
    clientConfig: { endpoint, region: "us-east-1" },
  });
  const identity = await new STSClient({ ...options, credentials }).send(new GetCallerIdentityCommand());
  assert.match(identity.Arn, /:assumed-role\/js-web\/from-file$/);
});

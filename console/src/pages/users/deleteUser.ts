import {
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DeleteVirtualMFADeviceCommand,
  DetachUserPolicyCommand,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  ListUserPoliciesCommand,
  RemoveUserFromGroupCommand,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { isCode } from "#/api/refusal";

/** Deletes a user, and first all that hangs on one, since IAM deletes only users on which nothing does. */
export async function deleteUser(UserName: string, tell: (what: string) => void): Promise<void> {
  tell(`Deleting ${UserName}`);
  try {
    await iam.send(new DeleteUserCommand({ UserName }));
    return;
  } catch (error) {
    if (!isCode(error, "DeleteConflict")) throw error;
  }
  // All is listed before anything goes: who may not see what there is does not leave half a user behind.
  const deeds = await removals(UserName);
  for (const [what, remove] of deeds) {
    tell(`${what} of ${UserName}`);
    await remove();
  }
  tell(`Deleting ${UserName}`);
  await iam.send(new DeleteUserCommand({ UserName }));
}

type Removal = [what: string, remove: () => Promise<unknown>];

async function removals(UserName: string): Promise<Removal[]> {
  const [keys, certificates, sshKeys, credentials, devices, inline, attached, groups] = await Promise.all([
    listAll(
      (Marker) => iam.send(new ListAccessKeysCommand({ UserName, Marker })),
      (page) => page.AccessKeyMetadata,
    ),
    listAll(
      (Marker) => iam.send(new ListSigningCertificatesCommand({ UserName, Marker })),
      (page) => page.Certificates,
    ),
    listAll(
      (Marker) => iam.send(new ListSSHPublicKeysCommand({ UserName, Marker })),
      (page) => page.SSHPublicKeys,
    ),
    listAll(
      (Marker) => iam.send(new ListServiceSpecificCredentialsCommand({ UserName, Marker })),
      (page) => page.ServiceSpecificCredentials,
    ),
    listAll(
      (Marker) => iam.send(new ListMFADevicesCommand({ UserName, Marker })),
      (page) => page.MFADevices,
    ),
    listAll(
      (Marker) => iam.send(new ListUserPoliciesCommand({ UserName, Marker })),
      (page) => page.PolicyNames,
    ),
    listAll(
      (Marker) => iam.send(new ListAttachedUserPoliciesCommand({ UserName, Marker })),
      (page) => page.AttachedPolicies,
    ),
    listAll(
      (Marker) => iam.send(new ListGroupsForUserCommand({ UserName, Marker })),
      (page) => page.Groups,
    ),
  ]);
  return [
    ["Removing the console password", () => deletePassword(UserName)],
    ...keys.map(
      ({ AccessKeyId }): Removal => [
        "Deleting an access key",
        () => iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })),
      ],
    ),
    ...certificates.map(
      ({ CertificateId }): Removal => [
        "Deleting a signing certificate",
        () => iam.send(new DeleteSigningCertificateCommand({ UserName, CertificateId })),
      ],
    ),
    ...sshKeys.map(
      ({ SSHPublicKeyId }): Removal => [
        "Deleting an SSH public key",
        () => iam.send(new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId })),
      ],
    ),
    ...credentials.map(
      ({ ServiceSpecificCredentialId }): Removal => [
        "Deleting a service-specific credential",
        () => iam.send(new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId })),
      ],
    ),
    ...devices.map(
      ({ SerialNumber }): Removal => ["Removing an MFA device", () => deleteDevice(UserName, SerialNumber ?? "")],
    ),
    ...inline.map(
      (PolicyName): Removal => [
        "Deleting an inline policy",
        () => iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName })),
      ],
    ),
    ...attached.map(
      ({ PolicyArn }): Removal => [
        "Detaching a policy",
        () => iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn })),
      ],
    ),
    ...groups.map(
      ({ GroupName }): Removal => [
        "Ending a group membership",
        () => iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName })),
      ],
    ),
  ];
}

async function deletePassword(UserName: string): Promise<void> {
  try {
    await iam.send(new DeleteLoginProfileCommand({ UserName }));
  } catch (error) {
    if (!isCode(error, "NoSuchEntity")) throw error;
  }
}

async function deleteDevice(UserName: string, SerialNumber: string): Promise<void> {
  await iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
  // Passkeys are gone with that; a virtual device would stay behind, without an owner.
  if (SerialNumber.includes(":mfa/")) await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
}

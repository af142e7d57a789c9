import {
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  ListMFADevicesCommand,
  type MFADevice,
  ResyncMFADeviceCommand,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { ostiary } from "#/api/ostiary";
import { listAll } from "#/api/pages";
import { createPasskey } from "#/api/webauthn";

/** Whose devices: a user's by the name, or the root user's own. */
export type Owner = { userName: string } | "root";

type Codes = [string, string];

export function isVirtual(serialNumber: string): boolean {
  return serialNumber.includes(":mfa/");
}

export function listMfaDevices(owner: Owner): Promise<MFADevice[]> {
  return listAll(
    (Marker) => iam.send(new ListMFADevicesCommand({ ...named(owner), Marker, MaxItems: 1000 })),
    (page) => page.MFADevices,
  );
}

export interface NewApp {
  serialNumber: string;
  /** In base 32. */
  secret: string;
  /** A picture, as a data URL. */
  qrCode: string;
}

/** Makes a virtual device that is nobody's yet. */
export async function createApp(name: string): Promise<NewApp> {
  const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name }));
  return {
    serialNumber: VirtualMFADevice?.SerialNumber ?? "",
    secret: new TextDecoder().decode(VirtualMFADevice?.Base32StringSeed),
    qrCode: `data:image/png;base64,${base64(VirtualMFADevice?.QRCodePNG ?? new Uint8Array())}`,
  };
}

export async function deleteApp(serialNumber: string): Promise<void> {
  await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serialNumber }));
}

export async function enableApp(owner: Owner, serialNumber: string, codes: Codes): Promise<void> {
  const proven = { SerialNumber: serialNumber, AuthenticationCode1: codes[0], AuthenticationCode2: codes[1] };
  // IAM's own call has to name a user.
  if (owner === "root") await ostiary("EnableRootUserMFADevice", proven);
  else await iam.send(new EnableMFADeviceCommand({ UserName: owner.userName, ...proven }));
}

export async function resyncApp(userName: string, serialNumber: string, codes: Codes): Promise<void> {
  await iam.send(
    new ResyncMFADeviceCommand({
      UserName: userName,
      SerialNumber: serialNumber,
      AuthenticationCode1: codes[0],
      AuthenticationCode2: codes[1],
    }),
  );
}

/** Asks the browser for a new passkey, and gives it to its owner. */
export async function registerPasskey(owner: Owner, name: string): Promise<void> {
  const { Options, State } = await ostiary("BeginPasskeyRegistration", named(owner));
  const credential = await createPasskey(JSON.parse(Options));
  await ostiary("CompletePasskeyRegistration", {
    ...named(owner),
    Name: name,
    State,
    Credential: JSON.stringify(credential),
  });
}

/** Takes a device from its owner; a virtual one is deleted as well. */
export async function removeDevice(owner: Owner, serialNumber: string): Promise<void> {
  await iam.send(new DeactivateMFADeviceCommand({ ...named(owner), SerialNumber: serialNumber }));
  if (isVirtual(serialNumber)) await deleteApp(serialNumber);
}

/** Returns the parameter that says whose; the root user is meant by naming nobody. */
function named(owner: Owner): { UserName?: string } {
  return owner === "root" ? {} : { UserName: owner.userName };
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

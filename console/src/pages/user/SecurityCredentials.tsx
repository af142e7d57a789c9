import type { User } from "@aws-sdk/client-iam";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Loaded } from "#/api/useLoad";
import { AccessKeys } from "#/parts/AccessKeys";
import { MfaDevices } from "#/parts/MfaDevices";
import { SignInSessions } from "#/parts/SignInSessions";
import { ConsoleSignIn } from "./ConsoleSignIn";
import type { ConsoleAccess } from "./consoleAccess";
import { ServiceCredentials } from "./ServiceCredentials";
import { SshKeys } from "./SshKeys";

interface Properties {
  userName: string;
  user: Loaded<User | undefined>;
  access: Loaded<ConsoleAccess>;
  onKeysChange: () => void;
}

/** All by which a user proves who they are. */
export function SecurityCredentials({ userName, user, access, onKeysChange }: Properties) {
  return (
    <SpaceBetween size="l">
      <ConsoleSignIn name={userName} user={user} access={access} />
      <MfaDevices userName={userName} />
      <AccessKeys userName={userName} onChange={onKeysChange} />
      <SignInSessions userName={userName} />
      <SshKeys userName={userName} />
      <ServiceCredentials userName={userName} />
    </SpaceBetween>
  );
}

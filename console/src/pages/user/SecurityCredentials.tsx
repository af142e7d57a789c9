import type { User } from "@aws-sdk/client-iam";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Loaded } from "#/api/useLoad";
import { AccessKeys } from "#/parts/AccessKeys";
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
      <AccessKeys userName={userName} onChange={onKeysChange} />
      <SshKeys userName={userName} />
      <ServiceCredentials userName={userName} />
    </SpaceBetween>
  );
}

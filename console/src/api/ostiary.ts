import { Sha256Js } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import { credentials } from "#/api/clients";

/** Our own service: what the console needs beyond AWS's APIs. Its calls are signed like all others. */

export interface Session {
  SessionId: string;
  Client: "console" | "command-line";
  /** Seconds since 1970, as all times here. */
  CreatedAt: number;
  LastUsedAt: number;
  ExpiresAt: number;
  MfaAuthenticated: boolean;
  Address: string;
  UserAgent: string;
  Current: boolean;
}

export type DecisionWord = "allowed" | "explicitDeny" | "implicitDeny";

interface Operations {
  BeginPasskeyRegistration: [{ UserName?: string }, { Options: string; State: string }];
  CompletePasskeyRegistration: [
    { UserName?: string; Name: string; State: string; Credential: string },
    { SerialNumber: string },
  ];
  ListSignInSessions: [{ UserName?: string }, { Sessions: Session[] }];
  EndSignInSession: [{ SessionId: string; UserName?: string }, Record<string, never>];
  GetAccountSettings: [Record<string, never>, { MfaRequired: boolean }];
  UpdateAccountSettings: [{ MfaRequired: boolean }, Record<string, never>];
  ChangeRootUserPassword: [{ OldPassword: string; NewPassword: string }, Record<string, never>];
  EnableRootUserMFADevice: [
    { SerialNumber: string; AuthenticationCode1: string; AuthenticationCode2: string },
    Record<string, never>,
  ];
  ExplainDecision: [
    { PrincipalArn?: string; Action: string; Resource?: string; Context?: Record<string, string[]> },
    { Decision: DecisionWord; Explanation: string },
  ];
}

/** The service said no. */
export class OstiaryError extends Error {
  override readonly name: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

let kept: Awaited<ReturnType<typeof credentials>> | undefined;
const EARLY_MS = 60_000;

async function freshCredentials() {
  if (kept === undefined || kept.expiration.getTime() - Date.now() < EARLY_MS) kept = await credentials();
  return kept;
}

const signer = new SignatureV4({
  service: "ostiary",
  region: "us-east-1",
  sha256: Sha256Js,
  credentials: freshCredentials,
});

/** Calls an operation of the service; throws an `OstiaryError` with its code and sentence when it says no. */
export async function ostiary<Name extends keyof Operations>(
  operation: Name,
  parameters: Operations[Name][0],
): Promise<Operations[Name][1]> {
  const { protocol, hostname, port, host } = window.location;
  const body = JSON.stringify(parameters);
  const signed = await signer.sign(
    new HttpRequest({
      method: "POST",
      protocol,
      hostname,
      ...(port ? { port: Number(port) } : {}),
      path: "/",
      headers: { host, "content-type": "application/x-amz-json-1.1", "x-amz-target": `Ostiary_20261124.${operation}` },
      body,
    }),
  );
  // Browsers write the host themselves, and let nobody else do it.
  const { host: _, ...headers } = signed.headers;
  const response = await fetch("/", { method: "POST", headers, body });
  const answer = await response.json();
  if (!response.ok) {
    const code = String(answer.__type ?? "Unknown").replace(/^.*#/, "");
    throw new OstiaryError(code, answer.message ?? answer.Message ?? code);
  }
  return answer as Operations[Name][1];
}

import { callSigned } from "#/api/signed";

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

export interface AccountSettings {
  MfaRequired: boolean;
  /** In days, as all numbers here; absent when there is no limit. */
  AccessKeyWarningDays?: number;
  AccessKeyMaximumDays?: number;
  /** Absent when events are kept for ever. */
  TrailRetentionDays?: number;
}

export interface AlertShape {
  AlertId: string;
  Kind: string;
  Severity: string;
  /** A plain sentence. */
  Title: string;
  /** The ARN of who or what it is about. */
  Subject?: string;
  EventId?: string;
  CreatedAt: number;
  /** How often the same happened again while one alert was enough. */
  Repeated: number;
  Deliveries: AlertDelivery[];
}

export interface AlertDelivery {
  Channel: string;
  Status: "pending" | "delivered" | "failed";
  Attempts: number;
  LastError?: string;
  NextAttemptAt?: number;
  DeliveredAt?: number;
}

interface Operations {
  BeginPasskeyRegistration: [{ UserName?: string }, { Options: string; State: string }];
  CompletePasskeyRegistration: [
    { UserName?: string; Name: string; State: string; Credential: string },
    { SerialNumber: string },
  ];
  ListSignInSessions: [{ UserName?: string }, { Sessions: Session[] }];
  EndSignInSession: [{ SessionId: string; UserName?: string }, Record<string, never>];
  GetAccountSettings: [Record<string, never>, AccountSettings];
  /** What is left out stays; a number that is 0 is taken away. */
  UpdateAccountSettings: [Partial<AccountSettings>, Record<string, never>];
  ListAlerts: [
    { Kind?: string; Severity?: string; MaxItems?: number; Marker?: string },
    { Alerts: AlertShape[]; IsTruncated: boolean; Marker?: string },
  ];
  SendTestAlert: [Record<string, never>, Record<string, never>];
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

/** Calls an operation of the service; throws a `ServiceError` with its code and sentence when it says no. */
export async function ostiary<Name extends keyof Operations>(
  operation: Name,
  parameters: Operations[Name][0],
): Promise<Operations[Name][1]> {
  return callSigned<Operations[Name][1]>({
    service: "ostiary",
    method: "POST",
    path: "/",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `Ostiary_20261124.${operation}` },
    body: parameters,
  });
}

import { type CreationOptions, createPasskey, getPasskey, type RequestOptions } from "#/api/webauthn";

/** The sign-in endpoints: the only ones that use the browser's cookies. */

export interface SignInSession {
  account: { id: string; alias: string | null; signInUrl: string };
  principal: { kind: "root" | "user"; arn: string; userName: string | null; id: string; email?: string };
  /** A second factor was proven. */
  mfa: boolean;
  sessionId: string;
  signedInAt: string;
  expiresAt: string;
  idleMinutes: number;
  /** The root user has no MFA device. */
  mustSecure: boolean;
  region: string;
}

export type Factor = "totp" | "passkey";

export type Step =
  | { step: "done"; session: SignInSession }
  | { step: "second-factor"; methods: Factor[] }
  | { step: "change-password"; isRoot: boolean; rules: string[] }
  | { step: "enrol"; isRoot: boolean };

export interface PageCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: string;
}

/** A sign-in endpoint said no. */
export class SignInError extends Error {
  override readonly name: string;
  /** How many seconds to wait, when there were too many attempts. */
  readonly retryAfter: number | undefined;

  constructor(code: string, message: string, retryAfter?: number) {
    super(message);
    this.name = code;
    this.retryAfter = retryAfter;
  }
}

export type CurrentSession = { signedIn: false } | { signedIn: true; session: SignInSession };

export function currentSession(): Promise<CurrentSession> {
  return ask<CurrentSession>("GET", "session");
}

export function signInAsRoot(email: string, password: string): Promise<Step> {
  return post("sign-in", { kind: "root", email, password });
}

export function signInAsUser(account: string, userName: string, password: string): Promise<Step> {
  return post("sign-in", { kind: "user", account, userName, password });
}

export function enterCode(code: string): Promise<Step> {
  return post("sign-in/code", { code });
}

/** Asks the browser for a passkey, and signs in with it: with one of who gave a password, or with whichever is there. */
export async function usePasskey(whose: "own" | "discoverable"): Promise<Step> {
  const question = whose === "discoverable" ? { discoverable: true } : {};
  const { options } = await post<{ options: RequestOptions }>("sign-in/passkey/options", question);
  return post("sign-in/passkey", { credential: await getPasskey(options) });
}

export interface OfferedApp {
  /** In base 32. */
  secret: string;
  /** A picture, as a data URL. */
  qrCode: string;
  serialNumber: string;
}

export function offerApp(): Promise<OfferedApp> {
  return post("sign-in/enrol/totp", {});
}

export function enrolApp(codes: [string, string]): Promise<Step> {
  return post("sign-in/enrol/totp/confirm", { codes });
}

/** Asks the browser for a new passkey, and goes on with it. */
export async function enrolPasskey(name: string): Promise<Step> {
  const { options } = await post<{ options: CreationOptions }>("sign-in/enrol/passkey/options", {});
  return post("sign-in/enrol/passkey", { credential: await createPasskey(options), name });
}

export async function resetRootPassword(email: string, code: string, newPassword: string): Promise<void> {
  await post("sign-in/root-reset", { email, code, newPassword });
}

/** Agrees that a program on this machine signs in too; returns where it waits for the code. */
export async function grantLogin(redirectUri: string, codeChallenge: string, state: string): Promise<string> {
  const { redirectTo } = await post<{ redirectTo: string }>("login/grant", { redirectUri, codeChallenge, state });
  return redirectTo;
}

export function choosePassword(newPassword: string): Promise<Step> {
  return post("sign-in/password", { newPassword });
}

export async function signOut(): Promise<void> {
  await post("sign-out", {});
}

export function pageCredentials(): Promise<PageCredentials> {
  return post("credentials", {});
}

/** Asks an endpoint under `/console/`; throws a `SignInError` with what it says when it says no. */
export function post<T>(path: string, body: object): Promise<T> {
  return ask<T>("POST", path, body);
}

async function ask<T>(method: "GET" | "POST", path: string, body?: object): Promise<T> {
  const response = await fetch(`/console/${path}`, {
    method,
    credentials: "same-origin",
    ...(body ? { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } } : {}),
  });
  const answer = await response.json();
  if (!response.ok) throw new SignInError(answer.error, answer.message, answer.retryAfter);
  return answer as T;
}

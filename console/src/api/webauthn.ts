/** Passkeys, as the browser makes them and signs with them. */

export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON;

/** The browser, the authenticator or the person did not go along. */
export class PasskeyError extends Error {
  override readonly name: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

const REASONS: Record<string, string> = {
  NotAllowedError: "The passkey was not used: the request was cancelled, or took too long. Try again.",
  InvalidStateError: "This authenticator has a passkey of yours already. Use another one.",
  SecurityError: "The browser makes no passkeys for this address. Open the console by its name.",
  NotSupportedError: "No authenticator here can make such a passkey.",
};

/** Tells whether the browser knows passkeys on this page; it does on secure origins alone. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === "function" && "parseCreationOptionsFromJSON" in PublicKeyCredential;
}

/** Makes a passkey; returns what the server is to be told of it. */
export function createPasskey(options: CreationOptions): Promise<object> {
  return perform((signal) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal }),
  );
}

/** Signs with a passkey; returns what the server is to be told. */
export function getPasskey(options: RequestOptions): Promise<object> {
  return perform((signal) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), signal }),
  );
}

let underWay: AbortController | undefined;

async function perform(ask: (signal: AbortSignal) => Promise<Credential | null>): Promise<object> {
  if (!hasPasskeys()) {
    const message = "This browser has no passkeys here. They need a recent browser, and https or localhost.";
    throw new PasskeyError("NotSupportedError", message);
  }
  // Browsers have room for one question at a time, so a new one takes the place of one that was left.
  underWay?.abort();
  underWay = new AbortController();
  try {
    const credential = await ask(underWay.signal);
    if (credential instanceof PublicKeyCredential) return credential.toJSON();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new PasskeyError(error.name, REASONS[error.name] ?? error.message);
  }
  throw new PasskeyError("NotAllowedError", REASONS.NotAllowedError ?? "");
}

/** What an error says, whoever made it: the AWS SDK, the sign-in endpoints, our own service, or the browser. */
export interface Refusal {
  code: string;
  message: string;
  /** The person may not do this; it is no fault of theirs or the server's. */
  denied: boolean;
}

const DENIED = new Set(["AccessDenied", "AccessDeniedException"]);

export function describe(error: unknown): Refusal {
  if (!(error instanceof Error)) return { code: "Unknown", message: String(error), denied: false };
  if (error instanceof TypeError && /fetch/i.test(error.message)) {
    return { code: "Network", message: "The server does not answer. Is it running?", denied: false };
  }
  return { code: error.name, message: error.message || error.name, denied: DENIED.has(error.name) };
}

/** Tells whether an error is that code; AWS's SDK adds `Exception` to some. */
export function isCode(error: unknown, code: string): boolean {
  const name = describe(error).code;
  return name === code || name === `${code}Exception`;
}

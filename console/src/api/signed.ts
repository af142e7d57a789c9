import { Sha256Js } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import { credentials } from "#/api/clients";

/** Calls signed by hand, for services of which AWS has no client, or one that weighs more than the page that asks it. */

/** A service said no. */
export class ServiceError extends Error {
  override readonly name: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

export interface SignedCall {
  /** By the name that calls to it are signed with. */
  service: string;
  method: "GET" | "POST" | "PATCH";
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: object;
}

let kept: Awaited<ReturnType<typeof credentials>> | undefined;
const EARLY_MS = 60_000;

async function freshCredentials() {
  if (kept === undefined || kept.expiration.getTime() - Date.now() < EARLY_MS) kept = await credentials();
  return kept;
}

/** Sends a call and returns what its JSON says; throws a `ServiceError` with its code and sentence when it says no. */
export async function callSigned<Answer>({ service, method, path, query = {}, ...rest }: SignedCall): Promise<Answer> {
  const { protocol, hostname, port, host } = window.location;
  const body = rest.body && JSON.stringify(rest.body);
  const signer = new SignatureV4({ service, region: "us-east-1", sha256: Sha256Js, credentials: freshCredentials });
  const signed = await signer.sign(
    new HttpRequest({
      method,
      protocol,
      hostname,
      ...(port ? { port: Number(port) } : {}),
      path,
      query,
      headers: { host, ...(body ? { "content-type": "application/json" } : {}), ...rest.headers },
      ...(body ? { body } : {}),
    }),
  );
  // Browsers write the host themselves, and let nobody else do it.
  const { host: _, ...headers } = signed.headers;
  const search = new URLSearchParams(query).toString();
  const response = await fetch(search ? `${path}?${search}` : path, { method, headers, ...(body ? { body } : {}) });
  const answer = await response.json();
  if (!response.ok) {
    const named = response.headers.get("x-amzn-errortype") ?? answer.__type ?? "Unknown";
    const code = String(named).replace(/^.*#/, "").replace(/:.*$/, "");
    throw new ServiceError(code, answer.message ?? answer.Message ?? code);
  }
  return answer as Answer;
}

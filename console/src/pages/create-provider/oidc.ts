import { CreateOpenIDConnectProviderCommand, type Tag } from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";

/** An OpenID Connect provider as it is being entered. */
export interface OidcDraft {
  url: string;
  /** One a line. */
  audiences: string;
  /** One a line. */
  thumbprints: string;
}

export interface OidcProblems {
  url?: string;
  audiences?: string;
  thumbprints?: string;
}

export const NO_OIDC: OidcDraft = { url: "", audiences: "", thumbprints: "" };

export const LONGEST_AUDIENCE = 255;
const LONGEST_URL = 255;
export const MOST_THUMBPRINTS = 5;
const THUMBPRINT = /^[0-9a-f]{40}$/i;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

export function oidcProblems({ url, audiences, thumbprints }: OidcDraft): OidcProblems {
  const audience = linesOf(audiences);
  const wrong = thumbprintsProblem(linesOf(thumbprints));
  return {
    ...(isIssuer(url) ? {} : { url: "Enter a URL that begins with https://, without a port, query or fragment." }),
    ...(audience.length > 0 && audience.every((each) => each.length <= LONGEST_AUDIENCE)
      ? {}
      : { audiences: `Enter at least one audience, each of up to ${LONGEST_AUDIENCE} characters.` }),
    ...(wrong ? { thumbprints: wrong } : {}),
  };
}

export function thumbprintsProblem(thumbprints: string[]): string | undefined {
  if (thumbprints.length > MOST_THUMBPRINTS) return `Enter up to ${MOST_THUMBPRINTS} thumbprints.`;
  if (thumbprints.every((each) => THUMBPRINT.test(each))) return undefined;
  return "A thumbprint is the SHA-1 fingerprint of a certificate: 40 hexadecimal digits.";
}

export function linesOf(text: string): string[] {
  return text
    .split(/\s*\n\s*/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Registers it, and returns its ARN. */
export async function createOidc({ url, audiences, thumbprints }: OidcDraft, tags: Tag[]): Promise<string> {
  const answer = await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: url,
      ClientIDList: linesOf(audiences),
      ...(linesOf(thumbprints).length > 0 ? { ThumbprintList: linesOf(thumbprints) } : {}),
      ...(tags.length > 0 ? { Tags: tags } : {}),
    }),
  );
  return answer.OpenIDConnectProviderArn ?? "";
}

/** Issuers of this machine are taken over http and on any port, as the server takes them. */
function isIssuer(text: string): boolean {
  if (text.length > LONGEST_URL || /[?#\s]/.test(text) || !URL.canParse(text)) return false;
  const { protocol, port, hostname, username } = new URL(text);
  if (LOOPBACK.has(hostname)) return protocol === "http:";
  return protocol === "https:" && port === "" && username === "";
}

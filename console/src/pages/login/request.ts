/** What a program on the person's own machine asks for, as it stands in the page's address. */
export interface LoginRequest {
  redirectUri: URL;
  codeChallenge: string;
  state: string;
}

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Returns what is asked for; undefined when it is not whole, or the code would leave this machine. */
export function parseLoginRequest(search: URLSearchParams): LoginRequest | undefined {
  const redirectUri = parseLoopback(search.get("redirect_uri") ?? "");
  const codeChallenge = search.get("code_challenge");
  const state = search.get("state");
  return redirectUri && codeChallenge && state ? { redirectUri, codeChallenge, state } : undefined;
}

/** Returns an address on this machine; undefined for every other. */
export function parseLoopback(text: string): URL | undefined {
  const url = URL.parse(text);
  const isLoopback = url?.protocol === "http:" && LOOPBACK.has(url.hostname) && !url.username && !url.password;
  return isLoopback ? url : undefined;
}

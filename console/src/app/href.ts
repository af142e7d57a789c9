/** Returns the address of one of the console's pages, as a link has it. */
export function hrefOf(path: string): string {
  return `/console${path}`;
}

/** Returns a page to go to after signing in: one of the console's own, whatever the address says. */
export function safeNext(search: string): string {
  const next = new URLSearchParams(search).get("next") ?? "/";
  const inside =
    /^\/(?![/\\])/.test(next) && URL.parse(next, window.location.origin)?.origin === window.location.origin;
  return inside ? next : "/";
}

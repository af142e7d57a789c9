const PAGES: Record<string, string> = { user: "/users", group: "/groups", role: "/roles" };
const BY_ARN: Record<string, string> = {
  policy: "/policies",
  "oidc-provider": "/providers",
  "saml-provider": "/providers",
};

/** Returns the page of what an ARN names, or nothing when the console has none of it. */
export function pageOfArn(arn: string): string | undefined {
  const [, kind = "", rest = ""] = /^arn:[^:]*:iam:[^:]*:[^:]*:([^/]+)\/(.+)$/.exec(arn) ?? [];
  if (BY_ARN[kind]) return `${BY_ARN[kind]}/${encodeURIComponent(arn)}`;
  return PAGES[kind] && `${PAGES[kind]}/${encodeURIComponent(rest.slice(rest.lastIndexOf("/") + 1))}`;
}

/** Returns what people call a resource: its name, or what it is where there is but one in an account. */
export function shortNameOf(id: string): string {
  if (/^AWS::::Account:|:root$/.test(id)) return "The account";
  return /^arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/]+\/(?:.*\/)?([^/]+)$/.exec(id)?.[1] ?? id;
}

/** Returns what people call somebody who did something, by the ARN. */
export function actorNameOf(arn: string): string {
  if (arn.endsWith(":root")) return "the root user";
  // A session is called by its role as well.
  const [, session] = /:assumed-role\/(.+)$/.exec(arn) ?? [];
  return session ?? shortNameOf(arn);
}

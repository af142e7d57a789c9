import type { Question } from "#/api/explanation";

/** A question as the page's address has it, so that an answer can be linked: a context key is `context=KEY=VALUE`. */

export function readQuestion(query: URLSearchParams): Question {
  return {
    principal: query.get("principal") ?? "",
    action: query.get("action") ?? "",
    resource: query.get("resource") ?? "",
    context: query.getAll("context").map((entry) => {
      const [key = "", ...value] = entry.split("=");
      return { key, value: value.join("=") };
    }),
  };
}

export function writeQuestion({ principal, action, resource, context }: Question): URLSearchParams {
  const query = new URLSearchParams();
  if (principal) query.set("principal", principal);
  query.set("action", action);
  if (resource) query.set("resource", resource);
  for (const { key, value } of context) query.append("context", `${key}=${value}`);
  return query;
}

export interface Problems {
  principal?: string;
  action?: string;
  resource?: string;
  /** By the entry's place. */
  context: (string | undefined)[];
}

/** Returns what is to be mended before the question can be asked. */
export function problemsOf({ action, resource, context }: Question): Problems {
  return {
    ...(/^[a-z0-9-]+:[a-z0-9]+$/i.test(action) ? {} : { action: "Enter an action such as s3:GetObject." }),
    ...(resource === "" || resource === "*" || /^arn:([^:]*:){4}./s.test(resource)
      ? {}
      : { resource: "Enter an ARN, or * for every resource." }),
    context: context.map(({ key }) => (key.trim() ? undefined : "Enter a condition key.")),
  };
}

export function hasProblems({ context, ...others }: Problems): boolean {
  return Object.keys(others).length > 0 || context.some((problem) => problem !== undefined);
}

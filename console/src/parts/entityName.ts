/** What IAM takes for the names of users, groups and roles. */
export const NAME_CONSTRAINT = "Use alphanumeric and '+=,.@-_' characters.";

const NAME = /^[\w+=,.@-]+$/;

/** Tells what is wrong with a name, if anything. */
export function nameProblem(name: string, longest: number): string | undefined {
  if (name === "") return "Enter a name.";
  if (name.length > longest) return `Enter a name of up to ${longest} characters.`;
  if (!NAME.test(name)) return `The name has characters that are not allowed. ${NAME_CONSTRAINT}`;
  return undefined;
}

import { GetAccountPasswordPolicyCommand, type PasswordPolicy } from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { isCode } from "#/api/refusal";

/** What an account asks of its users' passwords. */
export interface PasswordRules {
  minimumLength: number;
  /** Kinds of characters of which each has to be there. */
  kinds: CharacterKind[];
  /** How many of all kinds have to be there, whichever. */
  leastKinds: number;
}

interface CharacterKind {
  name: string;
  characters: string;
}

const LONGEST = 128;
const TYPEABLE = /^[\t\n\r\x20-\xff]*$/;
const UPPERCASE = { name: "uppercase letter (A-Z)", characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" };
const LOWERCASE = { name: "lowercase letter (a-z)", characters: "abcdefghijklmnopqrstuvwxyz" };
const NUMBER = { name: "number (0-9)", characters: "0123456789" };
const SYMBOL = { name: "symbol (! @ # $ % ^ & * ( ) _ + - = [ ] { } | ')", characters: "!@#$%^&*()_+-=[]{}|'" };
const KINDS = [UPPERCASE, LOWERCASE, NUMBER, SYMBOL];

/** What holds where an account has no password policy. */
const WITHOUT_POLICY: PasswordRules = { minimumLength: 8, kinds: [], leastKinds: 3 };
const LEAST_OF_POLICIES = 6;

/** Returns the account's rules; throws when the person may not know them. */
export async function passwordRules(): Promise<PasswordRules> {
  try {
    const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand({}));
    return PasswordPolicy ? rulesOf(PasswordPolicy) : WITHOUT_POLICY;
  } catch (error) {
    if (isCode(error, "NoSuchEntity")) return WITHOUT_POLICY;
    throw error;
  }
}

function rulesOf(policy: PasswordPolicy): PasswordRules {
  const asked: [boolean | undefined, CharacterKind][] = [
    [policy.RequireUppercaseCharacters, UPPERCASE],
    [policy.RequireLowercaseCharacters, LOWERCASE],
    [policy.RequireNumbers, NUMBER],
    [policy.RequireSymbols, SYMBOL],
  ];
  const kinds = asked.flatMap(([isAsked, kind]) => (isAsked ? [kind] : []));
  return { minimumLength: policy.MinimumPasswordLength ?? LEAST_OF_POLICIES, kinds, leastKinds: kinds.length };
}

/** Returns the rules as sentences, for who is to choose a password. */
export function sentencesOf(rules: PasswordRules): string[] {
  const kinds = rules.kinds.map((kind) => `Must include at least one ${kind.name}.`);
  const some = `Must include at least ${rules.leastKinds} of these: ${KINDS.map((kind) => kind.name).join(", ")}.`;
  return [
    `Must be at least ${rules.minimumLength} characters long.`,
    ...kinds,
    ...(rules.leastKinds > rules.kinds.length ? [some] : []),
  ];
}

/** Returns what is wrong with a password; undefined when nothing is.
 *
 * @param rules undefined when they are not known, and the server alone will tell.
 */
export function passwordProblem(password: string, rules: PasswordRules | undefined): string | undefined {
  if (password === "") return "Enter a password.";
  if (password.length > LONGEST) return `A password can have up to ${LONGEST} characters.`;
  if (!TYPEABLE.test(password)) return "Use Latin letters, numbers and symbols only.";
  if (!rules) return undefined;
  const has = (kind: CharacterKind) => [...kind.characters].some((character) => password.includes(character));
  const meets =
    password.length >= rules.minimumLength && rules.kinds.every(has) && KINDS.filter(has).length >= rules.leastKinds;
  return meets ? undefined : "The password does not meet the account's password policy.";
}

const GENERATED_LENGTH = 20;
// Without those that people take for one another, and in the symbols without those that break out of shells and sheets.
const READABLE = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!@#$%^&*_+-="];

/** Makes a password by chance that meets any policy; it begins with a letter. */
export function generatePassword(rules: PasswordRules | undefined): string {
  const length = Math.max(GENERATED_LENGTH, rules?.minimumLength ?? 0);
  const all = READABLE.join("");
  for (;;) {
    const password = Array.from({ length }, () => pick(all)).join("");
    const meets = READABLE.every((kind) => [...kind].some((character) => password.includes(character)));
    if (meets && /^[A-Za-z]/.test(password)) return password;
  }
}

/** Returns a character by chance, each as likely as any other. */
function pick(characters: string): string {
  const fair = 256 - (256 % characters.length);
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < fair) return characters.charAt(byte % characters.length);
  }
}

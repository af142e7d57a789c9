import {
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  type PasswordPolicy,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { isCode } from "#/api/refusal";

/** A custom password policy as it is being edited. */
export interface PolicyDraft {
  custom: boolean;
  length: string;
  uppercase: boolean;
  lowercase: boolean;
  numbers: boolean;
  symbols: boolean;
  expires: boolean;
  age: string;
  hardExpiry: boolean;
  mayChange: boolean;
  preventsReuse: boolean;
  remembered: string;
}

const SHORTEST = 6;
const LONGEST = 128;
const MOST_DAYS = 1_095;
const MOST_REMEMBERED = 24;

/** Returns the account's policy, or null when IAM's own holds. */
export async function getPasswordPolicy(): Promise<PasswordPolicy | null> {
  try {
    return (await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy ?? null;
  } catch (error) {
    if (isCode(error, "NoSuchEntity")) return null;
    throw error;
  }
}

export function draftOf(policy: PasswordPolicy | null): PolicyDraft {
  return {
    custom: policy !== null,
    length: String(policy?.MinimumPasswordLength ?? 8),
    uppercase: policy?.RequireUppercaseCharacters ?? false,
    lowercase: policy?.RequireLowercaseCharacters ?? false,
    numbers: policy?.RequireNumbers ?? false,
    symbols: policy?.RequireSymbols ?? false,
    expires: policy?.ExpirePasswords ?? false,
    age: String(policy?.MaxPasswordAge ?? 90),
    hardExpiry: policy?.HardExpiry ?? false,
    mayChange: policy?.AllowUsersToChangePassword ?? true,
    preventsReuse: policy?.PasswordReusePrevention !== undefined,
    remembered: String(policy?.PasswordReusePrevention ?? 5),
  };
}

/** What is wrong with a draft, by the field. */
export function policyProblems(draft: PolicyDraft): { length?: string; age?: string; remembered?: string } {
  if (!draft.custom) return {};
  return {
    ...(isWithin(draft.length, SHORTEST, LONGEST) ? {} : { length: `Enter a number from ${SHORTEST} to ${LONGEST}.` }),
    ...(!draft.expires || isWithin(draft.age, 1, MOST_DAYS) ? {} : { age: `Enter a number from 1 to ${MOST_DAYS}.` }),
    ...(!draft.preventsReuse || isWithin(draft.remembered, 1, MOST_REMEMBERED)
      ? {}
      : { remembered: `Enter a number from 1 to ${MOST_REMEMBERED}.` }),
  };
}

/** Sets the policy, or takes it away so that IAM's own holds. */
export async function savePasswordPolicy(draft: PolicyDraft): Promise<void> {
  if (!draft.custom) {
    await iam.send(new DeleteAccountPasswordPolicyCommand({})).catch((error) => {
      if (!isCode(error, "NoSuchEntity")) throw error;
    });
    return;
  }
  await iam.send(
    new UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: Number(draft.length),
      RequireUppercaseCharacters: draft.uppercase,
      RequireLowercaseCharacters: draft.lowercase,
      RequireNumbers: draft.numbers,
      RequireSymbols: draft.symbols,
      AllowUsersToChangePassword: draft.mayChange,
      ...(draft.expires ? { MaxPasswordAge: Number(draft.age), HardExpiry: draft.hardExpiry } : {}),
      ...(draft.preventsReuse ? { PasswordReusePrevention: Number(draft.remembered) } : {}),
    }),
  );
}

/** Says what the account asks of passwords, a sentence a rule. */
export function rulesOf(policy: PasswordPolicy | null): string[] {
  if (policy === null) {
    return [
      "Minimum password length is 8 characters",
      "Include a minimum of three of the following mix of character types: uppercase, lowercase, numbers, and non-alphanumeric characters",
      "Must not be identical to the account's ID, alias or e-mail address",
      "Never expire password",
    ];
  }
  const kinds: [boolean | undefined, string][] = [
    [policy.RequireUppercaseCharacters, "Require at least one uppercase letter from the Latin alphabet (A-Z)"],
    [policy.RequireLowercaseCharacters, "Require at least one lowercase letter from the Latin alphabet (a-z)"],
    [policy.RequireNumbers, "Require at least one number"],
    [
      policy.RequireSymbols,
      "Require at least one non-alphanumeric character (! @ # $ % ^ & * ( ) _ + - = [ ] { } | ')",
    ],
  ];
  return [
    `Minimum password length is ${policy.MinimumPasswordLength} characters`,
    ...kinds.flatMap(([asked, rule]) => (asked ? [rule] : [])),
    policy.MaxPasswordAge ? `Password expires in ${policy.MaxPasswordAge} day(s)` : "Never expire password",
    ...(policy.HardExpiry ? ["Password expiration requires administrator reset"] : []),
    policy.AllowUsersToChangePassword
      ? "Allow users to change their own password"
      : "Users cannot change their own password, unless a policy allows it",
    ...(policy.PasswordReusePrevention
      ? [`Remember last ${policy.PasswordReusePrevention} password(s) and prevent reuse`]
      : []),
  ];
}

function isWithin(text: string, least: number, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
}

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { PasswordInput } from "#/parts/PasswordInput";

/** A new password, as it was typed twice. */
export interface TypedPassword {
  password: string;
  again: string;
}

export const NOTHING_TYPED: TypedPassword = { password: "", again: "" };

/** What IAM asks of a password where no policy of the account does, as for the root user. */
export const OWN_RULES = [
  "Must be at least 8 characters long.",
  "Must include at least 3 of these: uppercase letter (A-Z), lowercase letter (a-z), number (0-9), symbol.",
];

const LONGEST = 128;

/** Returns what is wrong with each of the two fields; the rules themselves are the server's to hold it to. */
export function typedProblems({ password, again }: TypedPassword): { password?: string; again?: string } {
  if (password === "") return { password: "Enter a new password." };
  if (password.length > LONGEST) return { password: `A password can have up to ${LONGEST} characters.` };
  if (password !== again) return { again: "The passwords do not match." };
  return {};
}

export function isTyped(typed: TypedPassword): boolean {
  return Object.keys(typedProblems(typed)).length === 0;
}

interface Properties {
  typed: TypedPassword;
  onChange: (typed: TypedPassword) => void;
  /** A sentence each. */
  rules: readonly string[];
  /** Reminds of what is still empty; for when somebody tried to go on. */
  insist: boolean;
}

/** The part of a form where somebody chooses a new password. */
export function NewPassword({ typed, onChange, rules, insist }: Properties) {
  const problems = typedProblems(typed);
  return (
    <SpaceBetween size="m">
      <PasswordInput
        label="New password"
        value={typed.password}
        autoComplete="new-password"
        onChange={(password) => onChange({ ...typed, password })}
        problem={(insist || typed.password !== "") && problems.password}
        constraint={rules.map((rule) => <div key={rule}>{rule}</div>)}
      />
      <FormField label="Confirm new password" errorText={(insist || typed.again !== "") && problems.again} stretch>
        <Input
          value={typed.again}
          type="password"
          autoComplete="new-password"
          onChange={({ detail }) => onChange({ ...typed, again: detail.value })}
        />
      </FormField>
    </SpaceBetween>
  );
}

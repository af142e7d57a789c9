import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { PolicyDraft } from "#/pages/settings/passwordPolicy";

interface Properties {
  draft: PolicyDraft;
  problems: { length?: string; age?: string; remembered?: string };
  onChange: (part: Partial<PolicyDraft>) => void;
}

/** All that a custom password policy can ask for. */
export function CustomPolicyFields({ draft, problems, onChange }: Properties) {
  return (
    <SpaceBetween size="l">
      <FormField
        label="Password minimum length"
        constraintText="Needs to be between 6 and 128 characters."
        errorText={problems.length}
      >
        <Input type="number" value={draft.length} onChange={({ detail }) => onChange({ length: detail.value })} />
      </FormField>
      <FormField label="Password strength">
        <SpaceBetween size="xs">
          <Checkbox checked={draft.uppercase} onChange={({ detail }) => onChange({ uppercase: detail.checked })}>
            Require at least one uppercase letter from the Latin alphabet (A-Z)
          </Checkbox>
          <Checkbox checked={draft.lowercase} onChange={({ detail }) => onChange({ lowercase: detail.checked })}>
            Require at least one lowercase letter from the Latin alphabet (a-z)
          </Checkbox>
          <Checkbox checked={draft.numbers} onChange={({ detail }) => onChange({ numbers: detail.checked })}>
            Require at least one number
          </Checkbox>
          <Checkbox checked={draft.symbols} onChange={({ detail }) => onChange({ symbols: detail.checked })}>
            Require at least one non-alphanumeric character
          </Checkbox>
        </SpaceBetween>
      </FormField>
      <FormField label="Other requirements">
        <SpaceBetween size="xs">
          <Checkbox checked={draft.expires} onChange={({ detail }) => onChange({ expires: detail.checked })}>
            Turn on password expiration
          </Checkbox>
          <Checkbox
            checked={draft.expires && draft.hardExpiry}
            disabled={!draft.expires}
            onChange={({ detail }) => onChange({ hardExpiry: detail.checked })}
          >
            Password expiration requires administrator reset
          </Checkbox>
          <Checkbox checked={draft.mayChange} onChange={({ detail }) => onChange({ mayChange: detail.checked })}>
            Allow users to change their own password
          </Checkbox>
          <Checkbox
            checked={draft.preventsReuse}
            onChange={({ detail }) => onChange({ preventsReuse: detail.checked })}
          >
            Prevent password reuse
          </Checkbox>
        </SpaceBetween>
      </FormField>
      {draft.expires && (
        <FormField
          label="Expire passwords in days"
          constraintText="Needs to be between 1 and 1095 days."
          errorText={problems.age}
        >
          <Input type="number" value={draft.age} onChange={({ detail }) => onChange({ age: detail.value })} />
        </FormField>
      )}
      {draft.preventsReuse && (
        <FormField
          label="Remember passwords"
          constraintText="Needs to be between 1 and 24 passwords."
          errorText={problems.remembered}
        >
          <Input
            type="number"
            value={draft.remembered}
            onChange={({ detail }) => onChange({ remembered: detail.value })}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}

import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { PasswordRules } from "#/api/password";
import { NAME_CONSTRAINT, nameProblem } from "#/parts/entityName";
import { PasswordChoice } from "#/parts/PasswordChoice";
import { type Change, LONGEST_NAME, type UserDraft } from "./draft";

interface Properties {
  draft: UserDraft;
  onChange: Change;
  rules: PasswordRules | undefined;
  insist: boolean;
}

/** The first step: who it is, and whether they sign in here. */
export function Details({ draft, onChange, rules, insist }: Properties) {
  return (
    <Container header={<Header variant="h2">User details</Header>}>
      <SpaceBetween size="l">
        <FormField
          label="User name"
          constraintText={`Maximum ${LONGEST_NAME} characters. ${NAME_CONSTRAINT}`}
          errorText={(insist || draft.name !== "") && nameProblem(draft.name, LONGEST_NAME)}
        >
          <Input
            autoFocus
            autoComplete={false}
            spellcheck={false}
            value={draft.name}
            onChange={({ detail }) => onChange({ name: detail.value })}
          />
        </FormField>
        <Checkbox
          checked={draft.consoleAccess}
          onChange={({ detail }) => onChange({ consoleAccess: detail.checked })}
          description="The user gets a password to sign in to this console with. Programs need none: they use access keys or roles."
        >
          Provide user access to the console - <i>optional</i>
        </Checkbox>
        {draft.consoleAccess && (
          <PasswordChoice
            plan={draft.password}
            onChange={(password) => onChange({ password })}
            rules={rules}
            insist={insist}
          />
        )}
      </SpaceBetween>
    </Container>
  );
}

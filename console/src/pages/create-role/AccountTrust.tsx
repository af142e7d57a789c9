import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useSession } from "#/app/session";
import type { Trust, TrustProblems } from "#/pages/create-role/trust";

interface Properties {
  account: Trust["account"];
  problems: TrustProblems;
  onChange: (account: Trust["account"]) => void;
}

/** Those of an account assume the role whose own policies let them. */
export function AccountTrust({ account, problems, onChange }: Properties) {
  const own = useSession().account.id;
  const change = (part: Partial<Trust["account"]>) => onChange({ ...account, ...part });
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Allow entities in this or another AWS account to perform actions in this account."
        >
          An AWS account
        </Header>
      }
    >
      <SpaceBetween size="l">
        <FormField label="Account">
          <RadioGroup
            value={account.another ? "another" : "this"}
            items={[
              { value: "this", label: `This account (${own})` },
              { value: "another", label: "Another AWS account" },
            ]}
            onChange={({ detail }) => change({ another: detail.value === "another" })}
          />
        </FormField>
        {account.another && (
          <FormField
            label="Account ID"
            description="Identifier of the account that can use this role."
            constraintText="Account ID is a 12-digit number."
            errorText={problems.accountId}
          >
            <Input
              value={account.id}
              inputMode="numeric"
              autoComplete={false}
              onChange={({ detail }) => change({ id: detail.value.trim() })}
            />
          </FormField>
        )}
        <FormField label="Options">
          <SpaceBetween size="xs">
            <Checkbox
              checked={account.withExternalId}
              description="Best practice when a third party will assume this role: it has to give this ID each time."
              onChange={({ detail }) => change({ withExternalId: detail.checked })}
            >
              Require external ID
            </Checkbox>
            <Checkbox
              checked={account.requireMfa}
              description="Only those who signed in with multi-factor authentication can assume the role."
              onChange={({ detail }) => change({ requireMfa: detail.checked })}
            >
              Require MFA
            </Checkbox>
          </SpaceBetween>
        </FormField>
        {account.withExternalId && (
          <FormField label="External ID" errorText={problems.externalId}>
            <Input
              value={account.externalId}
              autoComplete={false}
              onChange={({ detail }) => change({ externalId: detail.value })}
            />
          </FormField>
        )}
      </SpaceBetween>
    </Container>
  );
}

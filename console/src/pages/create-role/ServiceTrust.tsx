import Autosuggest from "@cloudscape-design/components/autosuggest";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import { COMMON_SERVICES } from "#/pages/create-role/services";

interface Properties {
  service: string;
  problem: string | undefined;
  onChange: (service: string) => void;
}

const OPTIONS = COMMON_SERVICES.map(({ principal, name, use }) => ({
  value: principal,
  label: name,
  labelTag: principal,
  description: use,
  filteringTags: [principal],
}));

/** A service assumes the role. */
export function ServiceTrust({ service, problem, onChange }: Properties) {
  return (
    <Container
      header={
        <Header variant="h2" description="Allow an AWS service to perform actions in this account.">
          Use case
        </Header>
      }
    >
      <FormField
        label="Service or service principal"
        constraintText="Choose a service, or enter its principal, such as ec2.amazonaws.com."
        errorText={problem}
      >
        <Autosuggest
          value={service}
          options={OPTIONS}
          placeholder="Choose a service"
          enteredTextLabel={(text) => `Use: ${text}`}
          empty="No service matches"
          ariaLabel="Service or service principal"
          onChange={({ detail }) => onChange(detail.value)}
        />
      </FormField>
    </Container>
  );
}

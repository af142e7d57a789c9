import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { listSamlProviders } from "#/api/providers";
import { ProviderSelect } from "#/pages/create-role/ProviderSelect";
import { SAML_ATTRIBUTES, SAML_SIGN_IN, type Trust, type TrustProblems } from "#/pages/create-role/trust";

interface Properties {
  saml: Trust["saml"];
  problems: TrustProblems;
  onChange: (saml: Trust["saml"]) => void;
}

/** Those assume the role for whom a SAML 2.0 provider signs an assertion. */
export function SamlTrust({ saml, problems, onChange }: Properties) {
  const change = (part: Partial<Trust["saml"]>) => onChange({ ...saml, ...part });
  const options = SAML_ATTRIBUTES.map((name) => ({ value: name, label: name }));
  const fixed = saml.access === "console";
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Allow users federated with SAML 2.0 from a corporate directory to perform actions in this account."
        >
          SAML 2.0 federation
        </Header>
      }
    >
      <SpaceBetween size="l">
        <ProviderSelect
          label="SAML 2.0-based provider"
          arn={saml.provider}
          problem={problems.provider}
          list={listSamlProviders}
          onChange={(provider) => change({ provider })}
        />
        <FormField label="Access to be allowed">
          <RadioGroup
            value={saml.access}
            items={[
              { value: "programmatic", label: "Allow programmatic access only" },
              { value: "console", label: "Allow programmatic and AWS Management Console access" },
            ]}
            onChange={({ detail }) =>
              detail.value === "console"
                ? change({ access: "console", attribute: "SAML:aud", value: SAML_SIGN_IN })
                : change({ access: "programmatic", value: "" })
            }
          />
        </FormField>
        <FormField label="Attribute">
          <Select
            options={options}
            disabled={fixed}
            selectedOption={options.find((option) => option.value === saml.attribute) ?? null}
            onChange={({ detail }) => change({ attribute: detail.selectedOption.value ?? "SAML:aud" })}
          />
        </FormField>
        <FormField label="Value" errorText={problems.value}>
          <Input
            value={saml.value}
            disabled={fixed}
            autoComplete={false}
            onChange={({ detail }) => change({ value: detail.value })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

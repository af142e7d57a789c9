import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { MetadataField } from "#/pages/create-provider/MetadataField";
import type { SamlDraft, SamlProblems } from "#/pages/create-provider/saml";

interface Properties {
  saml: SamlDraft;
  problems: SamlProblems;
  onChange: (saml: SamlDraft) => void;
}

export function SamlForm({ saml, problems, onChange }: Properties) {
  return (
    <Container header={<Header variant="h2">Provider details</Header>}>
      <SpaceBetween size="l">
        <FormField
          label="Provider name"
          description="Enter a meaningful name to identify this provider."
          constraintText="Maximum 128 characters. Use alphanumeric or '._-' characters."
          errorText={problems.name}
        >
          <Input
            value={saml.name}
            autoComplete={false}
            onChange={({ detail }) => onChange({ ...saml, name: detail.value })}
          />
        </FormField>
        <MetadataField problem={problems.metadata} onChange={(metadata) => onChange({ ...saml, metadata })} />
      </SpaceBetween>
    </Container>
  );
}

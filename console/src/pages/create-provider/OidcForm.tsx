import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import type { OidcDraft, OidcProblems } from "#/pages/create-provider/oidc";

interface Properties {
  oidc: OidcDraft;
  problems: OidcProblems;
  onChange: (oidc: OidcDraft) => void;
}

export function OidcForm({ oidc, problems, onChange }: Properties) {
  const change = (part: Partial<OidcDraft>) => onChange({ ...oidc, ...part });
  return (
    <Container header={<Header variant="h2">Provider details</Header>}>
      <SpaceBetween size="l">
        <FormField
          label="Provider URL"
          description="The secure OpenID Connect URL for authentication requests: the iss claim of its tokens."
          errorText={problems.url}
        >
          <Input
            value={oidc.url}
            placeholder="https://"
            inputMode="url"
            autoComplete={false}
            onChange={({ detail }) => change({ url: detail.value.trim() })}
          />
        </FormField>
        <FormField
          label="Audiences"
          description="The client IDs issued by the identity provider for your applications: the aud claim of its tokens."
          constraintText="One audience a line."
          errorText={problems.audiences}
        >
          <Textarea
            value={oidc.audiences}
            rows={3}
            placeholder="sts.amazonaws.com"
            onChange={({ detail }) => change({ audiences: detail.value })}
          />
        </FormField>
        <FormField
          label="Thumbprints - optional"
          description="The SHA-1 fingerprints of certificates that the provider's keys may be fetched under."
          constraintText="One thumbprint a line. Up to 5."
          errorText={problems.thumbprints}
        >
          <Textarea
            value={oidc.thumbprints}
            rows={2}
            onChange={({ detail }) => change({ thumbprints: detail.value })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

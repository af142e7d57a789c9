import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { getOidcProvider, listOidcProviders } from "#/api/providers";
import { useLoad } from "#/api/useLoad";
import { ProviderSelect } from "#/pages/create-role/ProviderSelect";
import type { Trust, TrustProblems } from "#/pages/create-role/trust";
import { Failure } from "#/parts/Failure";

interface Properties {
  webIdentity: Trust["webIdentity"];
  problems: TrustProblems;
  onChange: (webIdentity: Trust["webIdentity"]) => void;
}

/** Those assume the role who have a token of an OpenID Connect provider. */
export function WebIdentityTrust({ webIdentity, problems, onChange }: Properties) {
  const { provider, audience, subject } = webIdentity;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Allow users federated by the specified external web identity provider to assume this role."
        >
          Web identity
        </Header>
      }
    >
      <SpaceBetween size="l">
        <ProviderSelect
          label="Identity provider"
          arn={provider}
          problem={problems.provider}
          list={listOidcProviders}
          onChange={(arn) => onChange({ ...webIdentity, provider: arn, audience: "" })}
        />
        {provider && (
          <AudienceSelect
            provider={provider}
            audience={audience}
            problem={problems.audience}
            onChange={(chosen) => onChange({ ...webIdentity, audience: chosen })}
          />
        )}
        <FormField
          label="Subject - optional"
          description="Whom the token has to be about. Without one, everybody with a token for the audience can assume the role."
          constraintText="* and ? stand for what may be anything."
        >
          <Input
            value={subject}
            autoComplete={false}
            onChange={({ detail }) => onChange({ ...webIdentity, subject: detail.value })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

interface AudienceProperties {
  provider: string;
  audience: string;
  problem: string | undefined;
  onChange: (audience: string) => void;
}

function AudienceSelect({ provider, audience, problem, onChange }: AudienceProperties) {
  const loaded = useLoad(() => getOidcProvider(provider), [provider]);
  if (loaded.error) {
    return <Failure what="The audiences could not be listed" error={loaded.error} onRetry={loaded.reload} />;
  }
  const options = (loaded.value?.ClientIDList ?? []).map((id) => ({ value: id, label: id }));
  return (
    <FormField label="Audience" errorText={problem}>
      <Select
        options={options}
        selectedOption={options.find((option) => option.value === audience) ?? null}
        placeholder="Choose an audience"
        statusType={loaded.loading ? "loading" : "finished"}
        loadingText="Loading audiences"
        empty="The provider has no audience yet"
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}

import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import type { Provider } from "#/api/providers";
import { useLoad } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";
import { RouterLink } from "#/parts/RouterLink";

interface Properties {
  label: string;
  arn: string;
  problem: string | undefined;
  list: () => Promise<Provider[]>;
  onChange: (arn: string) => void;
}

/** Chooses one of the account's identity providers of a kind. */
export function ProviderSelect({ label, arn, problem, list, onChange }: Properties) {
  const providers = useLoad(list, [list]);
  if (providers.error) {
    return <Failure what="The providers could not be listed" error={providers.error} onRetry={providers.reload} />;
  }
  const options = (providers.value ?? []).map((provider) => ({ value: provider.arn, label: provider.name }));
  return (
    <FormField
      label={label}
      errorText={problem}
      secondaryControl={<RouterLink to="/providers/create">Create new provider</RouterLink>}
    >
      <Select
        options={options}
        selectedOption={options.find((option) => option.value === arn) ?? null}
        placeholder="Choose a provider"
        statusType={providers.value === undefined ? "loading" : "finished"}
        loadingText="Loading providers"
        empty="The account has no such provider yet"
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}

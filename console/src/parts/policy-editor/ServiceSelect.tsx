import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { listServices } from "#/api/catalogue";
import { useLoad } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";

interface Properties {
  prefix: string | undefined;
  onChange: (prefix: string) => void;
}

const EVERY_SERVICE = { value: "*", label: "All services", description: "*" };

export function ServiceSelect({ prefix, onChange }: Properties) {
  const { value: services, error, reload, loading } = useLoad(listServices, []);
  if (error !== undefined && services === undefined) {
    return <Failure what="The services could not be listed" error={error} onRetry={reload} />;
  }
  const options = [
    EVERY_SERVICE,
    ...(services ?? []).map((service) => ({
      value: service.prefix,
      label: service.name,
      description: service.prefix,
      filteringTags: [service.prefix],
    })),
  ];
  const unlisted = prefix === undefined ? null : { value: prefix, label: prefix };
  return (
    <FormField label="Service" description="Specify what actions can be performed on specific resources in a service.">
      <Select
        placeholder="Choose a service"
        statusType={loading ? "loading" : "finished"}
        loadingText="Loading services"
        filteringType="auto"
        filteringPlaceholder="Find a service"
        filteringAriaLabel="Find a service"
        filteringClearAriaLabel="Clear the filter"
        empty="No service matches"
        virtualScroll
        options={options}
        selectedOption={options.find((option) => option.value === prefix) ?? unlisted}
        onChange={({ detail }) => detail.selectedOption.value && onChange(detail.selectedOption.value)}
      />
    </FormField>
  );
}

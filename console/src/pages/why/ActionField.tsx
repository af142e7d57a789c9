import Autosuggest from "@cloudscape-design/components/autosuggest";
import FormField from "@cloudscape-design/components/form-field";
import { listServices, type Service } from "#/api/catalogue";
import { useLoad } from "#/api/useLoad";

interface Properties {
  action: string;
  /** The service that the action names, once it is known. */
  service: Service | undefined;
  problem: string | undefined;
  onChange: (action: string) => void;
}

/** An action: first the service is suggested, then what it has. */
export function ActionField({ action, service, problem, onChange }: Properties) {
  const { value: services = [] } = useLoad(listServices, []);
  const options = service
    ? service.actions.map(({ name, accessLevel }) => ({
        value: `${service.prefix}:${name}`,
        description: accessLevel,
      }))
    : services.map(({ prefix, name }) => ({ value: `${prefix}:`, label: `${prefix}:`, description: name }));
  return (
    <FormField label="Action" errorText={problem} constraintText="Such as s3:GetObject">
      <Autosuggest
        value={action}
        options={options}
        placeholder="service:Action"
        hideEnteredTextOption
        virtualScroll
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}

import Autosuggest from "@cloudscape-design/components/autosuggest";
import FormField from "@cloudscape-design/components/form-field";
import type { Action, Service } from "#/api/catalogue";
import { useSession } from "#/app/session";

interface Properties {
  resource: string;
  action: Action | undefined;
  service: Service | undefined;
  problem: string | undefined;
  onChange: (resource: string) => void;
}

/** A resource's ARN, with the forms that those of the action have. */
export function ResourceField({ resource, action, service, problem, onChange }: Properties) {
  const { account, region } = useSession();
  const names = new Set(action?.resourceTypes.map(({ name }) => name));
  const forms = (service?.resourceTypes ?? [])
    .filter(({ name }) => names.has(name))
    .map(({ name, arn }) => ({ value: example(arn, account.id, region), description: name }))
    .sort((one, other) => one.value.length - other.value.length);
  const hint =
    action && names.size === 0
      ? "This action has no resources: it is decided on *"
      : forms.length > 0
        ? `An ARN such as ${forms[0]?.value}, or * for every resource`
        : "An ARN, or * for every resource";
  return (
    <FormField label="Resource" errorText={problem} constraintText={hint}>
      <Autosuggest
        value={resource}
        options={[...forms, { value: "*", description: "Every resource" }]}
        placeholder="*"
        hideEnteredTextOption
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}

/** Returns an ARN's form with what is known filled in, and names in place of the other variables. */
function example(form: string, account: string, region: string): string {
  const known: Record<string, string> = { Partition: "aws", Account: account, Region: region };
  return form.replace(/\$\{(\w+)\}/g, (_, name: string) => known[name] ?? name);
}

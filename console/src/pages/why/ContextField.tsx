import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Autosuggest from "@cloudscape-design/components/autosuggest";
import type { Action, ConditionKey, Service } from "#/api/catalogue";
import type { ContextEntry } from "#/api/explanation";

interface Properties {
  context: ContextEntry[];
  action: Action | undefined;
  service: Service | undefined;
  problems: (string | undefined)[];
  onChange: (context: ContextEntry[]) => void;
}

/** Known to most requests, so they are suggested before anything is known of the action. */
const USUAL: ConditionKey[] = [
  { name: "aws:MultiFactorAuthPresent", type: "Bool", multivalued: false },
  { name: "aws:SourceIp", type: "IPAddress", multivalued: false },
  { name: "aws:RequestedRegion", type: "String", multivalued: false },
  { name: "aws:CurrentTime", type: "Date", multivalued: false },
];

/** Condition keys of the request, with their values; they win over what the server knows. */
export function ContextField({ context, action, service, problems, onChange }: Properties) {
  const keys = suggestedKeys(action, service);
  const change = (place: number, part: Partial<ContextEntry>) =>
    onChange(context.map((entry, index) => (index === place ? { ...entry, ...part } : entry)));
  return (
    <AttributeEditor
      items={context}
      addButtonText="Add condition key"
      removeButtonText="Remove"
      removeButtonAriaLabel={({ key }) => `Remove ${key || "condition key"}`}
      empty="What the request has besides what the server knows of it, such as aws:SourceIp."
      additionalInfo={context.length > 0 && "For a key with several values, add it once for each."}
      onAddButtonClick={() => onChange([...context, { key: "", value: "" }])}
      onRemoveButtonClick={({ detail }) => onChange(context.filter((_, index) => index !== detail.itemIndex))}
      definition={[
        {
          label: "Condition key",
          control: ({ key }: ContextEntry, place: number) => (
            <Autosuggest
              value={key}
              options={keys.map(({ name, type }) => ({ value: name, description: type }))}
              hideEnteredTextOption
              placeholder="aws:SourceIp"
              virtualScroll
              onChange={({ detail }) => change(place, { key: detail.value })}
            />
          ),
          errorText: (_, place) => problems[place],
        },
        {
          label: "Value",
          control: ({ key, value }: ContextEntry, place: number) => (
            <Autosuggest
              value={value}
              options={isBoolean(keys, key) ? [{ value: "true" }, { value: "false" }] : []}
              hideEnteredTextOption
              onChange={({ detail }) => change(place, { value: detail.value })}
            />
          ),
        },
      ]}
    />
  );
}

/** Returns the keys that conditions on an action can test, its own before those of all. */
function suggestedKeys(action: Action | undefined, service: Service | undefined): ConditionKey[] {
  if (service === undefined) return USUAL;
  const types = new Set(action?.resourceTypes.map(({ name }) => name));
  const own = new Set([
    ...(action?.conditionKeys ?? []),
    ...service.resourceTypes.filter(({ name }) => types.has(name)).flatMap(({ conditionKeys }) => conditionKeys),
  ]);
  const ofAction = service.conditionKeys.filter(({ name }) => own.has(name) && !name.startsWith("aws:"));
  return [...USUAL, ...ofAction, ...service.globalConditionKeys.filter(({ name }) => !isUsual(name))];
}

function isUsual(name: string): boolean {
  return USUAL.some((key) => key.name === name);
}

function isBoolean(keys: ConditionKey[], name: string): boolean {
  return keys.some((key) => key.type === "Bool" && key.name.toLowerCase() === name.toLowerCase());
}

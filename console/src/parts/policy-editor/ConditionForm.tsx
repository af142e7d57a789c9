import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { type ConditionKey, loadService, type Service } from "#/api/catalogue";
import { useLoad } from "#/api/useLoad";
import { ModalFooter } from "#/parts/ModalFooter";
import { operatorsFor, type Qualifier, valueProblem } from "#/parts/policy-editor/operators";
import type { Condition } from "#/parts/policy-editor/statement";

interface Properties {
  service: Service | undefined;
  onAdd: (condition: Condition) => void;
  onDismiss: () => void;
}

const QUALIFIERS: { value: Qualifier; label: string }[] = [
  { value: "", label: "Default" },
  { value: "ForAllValues", label: "For all values in request" },
  { value: "ForAnyValue", label: "For any value in request" },
];
/** The part of a key that is for its writer to fill in, such as a tag's key. */
const PLACEHOLDER = /\$\{\w+\}|<\w+>/;
/** Which service is asked for the keys of all. */
const ANY_SERVICE = "sts";

/** Asks for a condition. */
export function ConditionForm({ service, onAdd, onDismiss }: Properties) {
  const asked = useLoad(async () => service ?? loadService(ANY_SERVICE), [service]);
  const [key, setKey] = useState<ConditionKey>();
  const [detail, setDetail] = useState("");
  const [qualifier, setQualifier] = useState<Qualifier>("");
  const [operator, setOperator] = useState("");
  const [ifExists, setIfExists] = useState(false);
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);

  const own = service?.conditionKeys ?? [];
  const global = (asked.value?.globalConditionKeys ?? []).filter(({ name }) => !own.some((each) => each.name === name));
  const values = [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
  const needsDetail = key !== undefined && PLACEHOLDER.test(key.name);
  const problem =
    values.length === 0 ? "Enter a value." : values.map((value) => valueProblem(operator, value)).find(Boolean);

  function choose(name: string | undefined) {
    const chosen = [...own, ...global].find((each) => each.name === name);
    if (chosen === undefined) return;
    setKey(chosen);
    setQualifier(chosen.multivalued ? "ForAnyValue" : "");
    setOperator(operatorsFor(chosen.type)[0] ?? "");
  }

  function add() {
    setTried(true);
    if (key === undefined || problem || (needsDetail && !detail.trim())) return;
    onAdd({
      operator: `${qualifier ? `${qualifier}:` : ""}${operator}${ifExists && operator !== "Null" ? "IfExists" : ""}`,
      key: key.name.replace(PLACEHOLDER, detail.trim()),
      values,
    });
  }

  const optionsOf = (keys: ConditionKey[]) =>
    keys.map(({ name, type }) => ({ value: name, label: name, description: type }));
  return (
    <Modal
      visible
      header="Add request condition"
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={<ModalFooter button="Add condition" onSubmit={add} onDismiss={onDismiss} />}
    >
      <SpaceBetween size="m">
        <FormField label="Condition key" errorText={tried && key === undefined && "Choose a condition key."}>
          <Select
            placeholder="Choose a condition key"
            filteringType="auto"
            filteringAriaLabel="Find a condition key"
            filteringClearAriaLabel="Clear the filter"
            empty="No condition key matches"
            statusType={asked.loading ? "loading" : asked.error ? "error" : "finished"}
            errorText="The condition keys could not be loaded"
            recoveryText="Try again"
            onLoadItems={() => asked.error && asked.reload()}
            options={[
              ...(service && own.length > 0 ? [{ label: service.name, options: optionsOf(own) }] : []),
              { label: "Global", options: optionsOf(global) },
            ]}
            selectedOption={key ? { value: key.name, label: key.name } : null}
            onChange={(event) => choose(event.detail.selectedOption.value)}
          />
        </FormField>
        {needsDetail && (
          <FormField
            label={/tag/i.test(key.name) ? "Tag key" : "Key name"}
            description={`Completes ${key.name}.`}
            errorText={tried && !detail.trim() && "Enter the rest of the key."}
          >
            <Input value={detail} autoComplete={false} onChange={(event) => setDetail(event.detail.value)} />
          </FormField>
        )}
        {key && (
          <>
            <FormField label="Qualifier" description="How a request's several values for the key are looked at.">
              <Select
                options={QUALIFIERS}
                selectedOption={QUALIFIERS.find(({ value }) => value === qualifier) ?? null}
                onChange={(event) => setQualifier(event.detail.selectedOption.value as Qualifier)}
              />
            </FormField>
            <FormField label="Operator">
              <Select
                options={operatorsFor(key.type).map((value) => ({ value, label: value }))}
                selectedOption={{ value: operator, label: operator }}
                onChange={(event) => setOperator(event.detail.selectedOption.value ?? "")}
              />
            </FormField>
            {operator !== "Null" && (
              <Checkbox checked={ifExists} onChange={(event) => setIfExists(event.detail.checked)}>
                If exists
              </Checkbox>
            )}
            <FormField label="Values" description="One a line. One of them has to match." errorText={tried && problem}>
              <Textarea
                value={text}
                rows={3}
                spellcheck={false}
                placeholder={operator === "Bool" || operator === "Null" ? "true" : ""}
                onChange={(event) => setText(event.detail.value)}
              />
            </FormField>
          </>
        )}
      </SpaceBetween>
    </Modal>
  );
}

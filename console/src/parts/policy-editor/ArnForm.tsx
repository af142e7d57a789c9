import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import type { ResourceType } from "#/api/catalogue";
import { useSession } from "#/app/session";
import { ModalFooter } from "#/parts/ModalFooter";
import { fillIn, isArn, variablesOf, wordsOf } from "#/parts/policy-editor/arnPatterns";

interface Properties {
  /** Undefined for ARNs of whatever type. */
  type: ResourceType | undefined;
  onAdd: (arns: string[]) => void;
  onDismiss: () => void;
}

/** Asks for ARNs, by their parts or as text. */
export function ArnForm({ type, onAdd, onDismiss }: Properties) {
  const { account } = useSession();
  const [tab, setTab] = useState(type ? "visual" : "text");
  const [parts, setParts] = useState<Record<string, string>>({ Partition: "aws", Account: account.id });
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const variables = type ? variablesOf(type.arn).filter((name) => name !== "Partition") : [];
  const missing = (name: string) => (parts[name] ?? "").trim() === "";
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const strange = lines.find((line) => !isArn(line));
  const byText = tab === "text";
  const textProblem = strange ? `${strange} is not an ARN.` : lines.length === 0 ? "Enter an ARN." : "";

  function add() {
    setTried(true);
    if (byText ? textProblem : variables.some(missing)) return;
    onAdd(byText ? lines : [fillIn(type?.arn ?? "*", parts)]);
  }

  const byParts = (
    <SpaceBetween size="m">
      {variables.map((name) => (
        <FormField
          key={name}
          label={`Resource ${wordsOf(name).toLowerCase()}`}
          errorText={tried && missing(name) && "Enter a value, or choose any."}
          secondaryControl={
            <Checkbox
              checked={parts[name] === "*"}
              onChange={({ detail }) => setParts({ ...parts, [name]: detail.checked ? "*" : "" })}
            >
              Any {wordsOf(name).toLowerCase()}
            </Checkbox>
          }
        >
          <Input
            value={parts[name] ?? ""}
            autoComplete={false}
            onChange={({ detail }) => setParts({ ...parts, [name]: detail.value })}
          />
        </FormField>
      ))}
      <FormField label="Resource ARN" stretch>
        <Box variant="code">{fillIn(type?.arn ?? "*", parts)}</Box>
      </FormField>
    </SpaceBetween>
  );
  const asText = (
    <FormField label="ARNs" description="One a line." stretch errorText={tried && byText && textProblem}>
      <Textarea value={text} rows={6} spellcheck={false} onChange={({ detail }) => setText(detail.value)} />
    </FormField>
  );
  return (
    <Modal
      visible
      header={type ? `Add ARNs of ${type.name}` : "Add ARNs"}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={<ModalFooter button="Add ARNs" onSubmit={add} onDismiss={onDismiss} />}
    >
      {type ? (
        <Tabs
          ariaLabel="Ways to give ARNs"
          activeTabId={tab}
          onChange={({ detail }) => setTab(detail.activeTabId)}
          tabs={[
            { id: "visual", label: "Visual", content: byParts },
            { id: "text", label: "Text", content: asText },
          ]}
        />
      ) : (
        asText
      )}
    </Modal>
  );
}

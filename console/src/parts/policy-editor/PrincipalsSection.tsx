import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useState } from "react";
import { type PrincipalType, principalsOf, withoutPrincipal, withPrincipal } from "#/parts/policy-editor/principals";
import type { Statement } from "#/parts/policy-editor/statement";

interface Type {
  value: PrincipalType;
  label: string;
  example: string;
}

const ACCOUNTS: Type = {
  value: "AWS",
  label: "AWS account, IAM user or role",
  example: "arn:aws:iam::111122223333:root",
};
const TYPES: Type[] = [
  ACCOUNTS,
  { value: "Service", label: "AWS service", example: "ec2.amazonaws.com" },
  { value: "Federated", label: "Identity provider", example: "arn:aws:iam::111122223333:saml-provider/Example" },
  { value: "*", label: "Everybody (*)", example: "*" },
];

/** Who may take on the role. */
export function PrincipalsSection({
  statement,
  onChange,
}: {
  statement: Statement;
  onChange: (statement: Statement) => void;
}) {
  const [type, setType] = useState(ACCOUNTS);
  const [value, setValue] = useState("");
  const principals = principalsOf(statement);

  function add() {
    onChange(withPrincipal(statement, { type: type.value, value: value.trim() }));
    setValue("");
  }

  return (
    <ExpandableSection defaultExpanded headingTagOverride="h4" headerText={`Principals (${principals.length})`}>
      <SpaceBetween size="s">
        {principals.length === 0 && <Box color="text-status-warning">Add a principal: a trust policy needs one.</Box>}
        <TokenGroup
          items={principals.map((each) => ({
            label: each.value,
            description: each.type,
            dismissLabel: `Remove principal ${each.value}`,
          }))}
          onDismiss={({ detail }) => onChange(withoutPrincipal(statement, detail.itemIndex))}
        />
        <ColumnLayout columns={2}>
          <FormField label="Principal type">
            <Select
              options={TYPES}
              selectedOption={type}
              onChange={({ detail }) =>
                setType(TYPES.find((each) => each.value === detail.selectedOption.value) ?? ACCOUNTS)
              }
            />
          </FormField>
          <FormField
            label="Principal"
            secondaryControl={
              <Button formAction="none" disabled={type.value !== "*" && value.trim() === ""} onClick={add}>
                Add principal
              </Button>
            }
          >
            <Input
              value={type.value === "*" ? "*" : value}
              disabled={type.value === "*"}
              placeholder={type.example}
              autoComplete={false}
              onChange={({ detail }) => setValue(detail.value)}
            />
          </FormField>
        </ColumnLayout>
      </SpaceBetween>
    </ExpandableSection>
  );
}

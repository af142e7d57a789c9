import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";

interface Properties {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: "current-password" | "new-password";
  problem?: ReactNode;
  constraint?: ReactNode;
  disabled?: boolean;
}

/** A field for a password, which can be looked at. */
export function PasswordInput(properties: Properties) {
  const { label, value, onChange, autoComplete, problem, constraint, disabled = false } = properties;
  const [shown, setShown] = useState(false);
  return (
    <SpaceBetween size="xs">
      <FormField label={label} errorText={problem} constraintText={constraint} stretch>
        <Input
          value={value}
          type={shown ? "text" : "password"}
          autoComplete={autoComplete}
          spellcheck={false}
          disabled={disabled}
          onChange={({ detail }) => onChange(detail.value)}
        />
      </FormField>
      <Checkbox checked={shown} onChange={({ detail }) => setShown(detail.checked)} ariaLabel={`Show ${label}`}>
        Show password
      </Checkbox>
    </SpaceBetween>
  );
}

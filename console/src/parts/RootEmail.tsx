import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";

interface Properties {
  value: string;
  onChange: (email: string) => void;
  /** Say so when it is missing. */
  insist: boolean;
}

/** Which root user somebody is. */
export function RootEmail({ value, onChange, insist }: Properties) {
  return (
    <FormField
      label="Root user email address"
      errorText={insist && value.trim() === "" && "Enter the root user's email address."}
      stretch
    >
      <Input
        value={value}
        type="email"
        inputMode="email"
        autoComplete="username"
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}

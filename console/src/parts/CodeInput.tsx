import FormField from "@cloudscape-design/components/form-field";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import type { Ref } from "react";

const CODE = /^\d{6}$/;

export function isCodeTyped(code: string): boolean {
  return CODE.test(code.trim());
}

interface Properties {
  label: string;
  value: string;
  onChange: (code: string) => void;
  /** Whether the browser may fill it in from a message or a password manager. */
  autoFill?: boolean;
  problem?: string | false | undefined;
  inputRef?: Ref<InputProps.Ref>;
  autoFocus?: boolean;
}

/** A field for the six digits that an authenticator app shows. */
export function CodeInput(properties: Properties) {
  const { label, value, onChange, problem, inputRef, autoFill = false, autoFocus = false } = properties;
  return (
    <FormField label={label} errorText={problem}>
      <Input
        {...(inputRef ? { ref: inputRef } : {})}
        value={value}
        inputMode="numeric"
        autoComplete={autoFill ? "one-time-code" : false}
        autoFocus={autoFocus}
        spellcheck={false}
        nativeInputAttributes={{ maxLength: 8 }}
        onChange={({ detail }) => onChange(detail.value.replace(/\s/g, ""))}
      />
    </FormField>
  );
}

import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { type ReactNode, useState } from "react";
import { FormModal } from "#/parts/FormModal";

interface Properties {
  /** Such as `Delete alice?`. */
  title: string;
  /** What goes with it. */
  children?: ReactNode;
  /** What has to be typed first; nothing when a click is enough. */
  typed?: string;
  button?: string;
  /** Does it; what it throws is shown, and the dialogue stays. */
  onConfirm: () => Promise<void>;
  onDismiss: () => void;
}

/** Asks before something is gone for good. */
export function ConfirmDelete({ title, children, typed, button = "Delete", onConfirm, onDismiss }: Properties) {
  const [text, setText] = useState("");
  return (
    <FormModal
      title={title}
      button={button}
      disabled={typed !== undefined && text !== typed}
      enterSubmits={typed !== undefined}
      onSubmit={onConfirm}
      onDismiss={onDismiss}
    >
      {children && <Box>{children}</Box>}
      {typed !== undefined && (
        <FormField label={`Type ${typed} to confirm`}>
          <Input value={text} onChange={({ detail }) => setText(detail.value)} autoComplete={false} />
        </FormField>
      )}
    </FormModal>
  );
}

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { Failure } from "#/parts/Failure";

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
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  async function confirm() {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              Cancel
            </Button>
            <Button
              variant="primary"
              loading={busy}
              disabled={typed !== undefined && text !== typed}
              onClick={() => void confirm()}
            >
              {button}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {error !== undefined && <Failure what="It was not done" error={error} />}
        {children && <Box>{children}</Box>}
        {typed !== undefined && (
          <FormField label={`Type ${typed} to confirm`}>
            <Input value={text} onChange={({ detail }) => setText(detail.value)} autoComplete={false} />
          </FormField>
        )}
      </SpaceBetween>
    </Modal>
  );
}

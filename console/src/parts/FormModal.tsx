import Modal, { type ModalProps } from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { Failure } from "#/parts/Failure";
import { ModalFooter } from "#/parts/ModalFooter";
import { useSubmission } from "#/parts/useSubmission";

interface Properties {
  title: string;
  children: ReactNode;
  /** What the button says that does it. */
  button: string;
  /** Nothing can be done yet: something is missing, or wrong. */
  disabled?: boolean;
  size?: ModalProps.Size;
  /** False where the key has another meaning, such as in a table's filter. */
  enterSubmits?: boolean;
  /** Does it; what it throws is shown, and the dialogue stays. */
  onSubmit: () => Promise<void>;
  onDismiss: () => void;
}

/** A small form over the page. */
export function FormModal({
  title,
  children,
  button,
  disabled = false,
  size = "medium",
  enterSubmits = true,
  onSubmit,
  onDismiss,
}: Properties) {
  const { busy, error, run } = useSubmission();

  const content = (
    <SpaceBetween size="m">
      {error !== undefined && <Failure what="It was not done" error={error} />}
      {children}
    </SpaceBetween>
  );
  return (
    <Modal
      visible
      size={size}
      header={title}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={
        <ModalFooter
          button={button}
          busy={busy}
          disabled={disabled}
          onSubmit={() => void run(onSubmit)}
          onDismiss={onDismiss}
        />
      }
    >
      {enterSubmits ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!disabled && !busy) void run(onSubmit);
          }}
        >
          {content}
        </form>
      ) : (
        content
      )}
    </Modal>
  );
}

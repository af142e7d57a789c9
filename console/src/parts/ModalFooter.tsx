import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";

interface Properties {
  /** What the button says that does it. */
  button: string;
  busy?: boolean;
  disabled?: boolean;
  onSubmit: () => void;
  onDismiss: () => void;
}

/** The buttons of a dialogue: the one that does it, and the way back. */
export function ModalFooter({ button, busy = false, disabled = false, onSubmit, onDismiss }: Properties) {
  return (
    <Box float="right">
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={onDismiss}>
          Cancel
        </Button>
        <Button variant="primary" loading={busy} disabled={disabled} onClick={onSubmit}>
          {button}
        </Button>
      </SpaceBetween>
    </Box>
  );
}

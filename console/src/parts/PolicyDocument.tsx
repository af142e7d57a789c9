import Box from "@cloudscape-design/components/box";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { JsonEditor } from "#/parts/JsonEditor";

/** A policy to read and to copy. */
export function PolicyDocument({ document, label }: { document: string; label: string }) {
  return (
    <SpaceBetween size="xs">
      <Box float="right">
        <CopyToClipboard
          variant="button"
          copyButtonText="Copy JSON"
          textToCopy={document}
          copySuccessText="Copied"
          copyErrorText="It could not be copied"
        />
      </Box>
      <JsonEditor readOnly label={label} value={document} />
    </SpaceBetween>
  );
}

import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";

/** A text such as an ARN, with a button that copies it. */
export function CopyText({ text, label }: { text: string; label: string }) {
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      copyButtonAriaLabel={`Copy ${label}`}
      copySuccessText={`${label} copied`}
      copyErrorText={`${label} could not be copied`}
    />
  );
}

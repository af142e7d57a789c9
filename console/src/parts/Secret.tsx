import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";

interface Properties {
  text: string;
  /** What it is: `secret access key`. */
  label: string;
  /** Told when somebody can have read or taken it. */
  onTaken?: () => void;
}

/** A secret that is shown this once: hidden until asked for, and ready to be copied. */
export function Secret({ text, label, onTaken }: Properties) {
  const [shown, setShown] = useState(false);
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      {/* A click on the button within is heard here. */}
      <span onClickCapture={onTaken}>
        <CopyToClipboard
          variant="icon"
          textToCopy={text}
          copyButtonAriaLabel={`Copy ${label}`}
          copySuccessText={`The ${label} was copied`}
          copyErrorText={`The ${label} could not be copied`}
        />
      </span>
      <code translate="no" style={{ overflowWrap: "anywhere" }}>
        {shown ? text : "•".repeat(12)}
      </code>
      <Button
        variant="inline-link"
        ariaLabel={`${shown ? "Hide" : "Show"} ${label}`}
        onClick={() => {
          setShown(!shown);
          onTaken?.();
        }}
      >
        {shown ? "Hide" : "Show"}
      </Button>
    </SpaceBetween>
  );
}

import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { type ReactNode, useState } from "react";

interface Properties {
  header: string;
  description?: string;
  open?: boolean;
  /** Less of a heading. */
  small?: boolean;
  children: () => ReactNode;
}

/** A section whose inside is made when it is first opened: a policy may have thousands of actions. */
export function Lazily({ header, description, open = false, small = false, children }: Properties) {
  const [expanded, setExpanded] = useState(open);
  return (
    <ExpandableSection
      headerText={header}
      {...(description ? { headerDescription: description } : {})}
      variant={small ? "footer" : "default"}
      expanded={expanded}
      onChange={({ detail }) => setExpanded(detail.expanded)}
    >
      {expanded && children()}
    </ExpandableSection>
  );
}

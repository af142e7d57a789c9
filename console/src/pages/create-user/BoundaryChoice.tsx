import Checkbox from "@cloudscape-design/components/checkbox";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { PolicyPicker } from "#/parts/PolicyPicker";

interface Properties {
  boundary: string | undefined;
  onChange: (arn: string | undefined) => void;
}

/** The part of the second step that sets the most that a user may ever be allowed. */
export function BoundaryChoice({ boundary, onChange }: Properties) {
  const [wanted, setWanted] = useState(boundary !== undefined);

  return (
    <ExpandableSection
      variant="container"
      headerText="Set permissions boundary - optional"
      headerDescription="Set a permissions boundary to control the maximum permissions this user can have."
      defaultExpanded={wanted}
    >
      <SpaceBetween size="m">
        <Checkbox
          checked={wanted}
          onChange={({ detail }) => {
            setWanted(detail.checked);
            if (!detail.checked) onChange(undefined);
          }}
        >
          Use a permissions boundary to control the maximum permissions
        </Checkbox>
        {wanted && (
          <PolicyPicker
            title="Permissions boundary"
            headingTag="h3"
            selectionType="single"
            selected={boundary ? [boundary] : []}
            onChange={([arn]) => onChange(arn)}
          />
        )}
      </SpaceBetween>
    </ExpandableSection>
  );
}

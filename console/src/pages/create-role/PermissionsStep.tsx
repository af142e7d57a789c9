import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { PolicyPicker } from "#/parts/PolicyPicker";

interface Properties {
  policies: string[];
  onPolicies: (arns: string[]) => void;
  /** Empty when there is none. */
  boundary: string;
  onBoundary: (arn: string) => void;
}

/** What the role is to be allowed. */
export function PermissionsStep({ policies, onPolicies, boundary, onBoundary }: Properties) {
  const [bounded, setBounded] = useState(boundary !== "");
  return (
    <SpaceBetween size="l">
      <PolicyPicker selected={policies} onChange={onPolicies} />
      <ExpandableSection
        variant="container"
        defaultExpanded={bounded}
        headerText="Set permissions boundary"
        headerDescription="Limits the permissions that this role can have. Optional."
      >
        <SpaceBetween size="m">
          <Toggle
            checked={bounded}
            onChange={({ detail }) => {
              setBounded(detail.checked);
              if (!detail.checked) onBoundary("");
            }}
          >
            Use a permissions boundary to control the maximum role permissions
          </Toggle>
          {bounded && (
            <PolicyPicker
              title="Permissions boundary"
              headingTag="h3"
              selectionType="single"
              selected={boundary ? [boundary] : []}
              onChange={([arn]) => onBoundary(arn ?? "")}
            />
          )}
        </SpaceBetween>
      </ExpandableSection>
    </SpaceBetween>
  );
}

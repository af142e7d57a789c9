import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { useEffect, useState } from "react";
import type { AccessLevel, Action } from "#/api/catalogue";

interface Properties {
  level: AccessLevel;
  /** Those of the level that pass the filter. */
  actions: Action[];
  chosen: Set<string>;
  /** Tells whether a pattern takes an action in already. */
  isCovered: (name: string) => boolean;
  /** Whether it is to be open, such as while a filter is set. */
  expanded: boolean;
  onToggle: (name: string, checked: boolean) => void;
  onChooseAll: (checked: boolean) => void;
}

/** The actions of one access level. */
export function ActionLevel({ level, actions, chosen, isCovered, expanded, onToggle, onChooseAll }: Properties) {
  const [open, setOpen] = useState(expanded);
  useEffect(() => setOpen(expanded), [expanded]);
  const count = actions.filter(({ name }) => chosen.has(name) || isCovered(name)).length;
  return (
    <ExpandableSection
      variant="footer"
      headingTagOverride="h5"
      headerText={`${level} (${count > 0 ? `${count} of ` : ""}${actions.length})`}
      expanded={open}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      {/* Hundreds of actions are drawn for who opens the level only. */}
      {open && (
        <>
          <Checkbox
            checked={count === actions.length}
            indeterminate={count > 0 && count < actions.length}
            onChange={({ detail }) => onChooseAll(detail.checked)}
          >
            All {actions.length} {level.toLowerCase()} actions
          </Checkbox>
          {actions.some(({ name }) => isCovered(name)) && (
            <Box color="text-body-secondary" fontSize="body-s">
              What is grey is chosen by a pattern.
            </Box>
          )}
          <div className="checkbox-grid">
            {actions.map(({ name }) => {
              const covered = !chosen.has(name) && isCovered(name);
              return (
                <Checkbox
                  key={name}
                  checked={chosen.has(name) || covered}
                  disabled={covered}
                  onChange={({ detail }) => onToggle(name, detail.checked)}
                >
                  {name}
                </Checkbox>
              );
            })}
          </div>
        </>
      )}
    </ExpandableSection>
  );
}

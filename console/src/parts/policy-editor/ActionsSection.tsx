import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useState } from "react";
import { ACCESS_LEVELS, coversAction, type Service } from "#/api/catalogue";
import { ActionLevel } from "#/parts/policy-editor/ActionLevel";
import { type Statement, textsOf, withTexts } from "#/parts/policy-editor/statement";

interface Properties {
  prefix: string;
  /** Undefined for one that the catalogue does not know. */
  service: Service | undefined;
  statement: Statement;
  onChange: (statement: Statement) => void;
}

/** Which actions of the service the statement is about: all, by name, or by a pattern. */
export function ActionsSection({ prefix, service, statement, onChange }: Properties) {
  const [filter, setFilter] = useState("");
  const [pattern, setPattern] = useState("");
  const written = (textsOf(statement.Action) ?? []).map((action) => action.slice(action.indexOf(":") + 1));
  const names = new Map(service?.actions.map(({ name }) => [name.toLowerCase(), name]));
  const chosen = new Set(written.flatMap((each) => names.get(each.toLowerCase()) ?? []));
  const patterns = written.filter((each) => !names.has(each.toLowerCase()));
  const all = written.includes("*");

  function write(next: string[]) {
    const changed = withTexts(
      statement,
      "Action",
      next.map((name) => `${prefix}:${name}`),
    );
    onChange(takesNoResources(service, next, changed) ? { ...changed, Resource: "*" } : changed);
  }

  function toggle(name: string, checked: boolean) {
    write(checked ? [...written, name] : written.filter((each) => each.toLowerCase() !== name.toLowerCase()));
  }

  function choose(some: string[], checked: boolean) {
    const others = written.filter((each) => !some.some((name) => name.toLowerCase() === each.toLowerCase()));
    write(checked ? [...others, ...some] : others);
  }

  function addPattern() {
    const added = pattern.trim().replace(new RegExp(`^${prefix}:`, "i"), "");
    if (added && !written.includes(added)) write([...written, added]);
    setPattern("");
  }

  const matching = (service?.actions ?? []).filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  return (
    <ExpandableSection
      defaultExpanded
      headingTagOverride="h4"
      headerText={`Actions allowed (${written.length})`.replace(
        "allowed",
        statement.Effect === "Deny" ? "denied" : "allowed",
      )}
    >
      <SpaceBetween size="m">
        {service === undefined && (
          <Alert type="info" statusIconAriaLabel="Info">
            The catalogue does not know the service <b>{prefix}</b>. Its actions can be added by name.
          </Alert>
        )}
        <Checkbox checked={all} onChange={({ detail }) => write(detail.checked ? ["*"] : [])}>
          {service ? `All ${service.name} actions (${prefix}:*)` : `All actions (${prefix}:*)`}
        </Checkbox>
        {patterns.length > 0 && !all && (
          <TokenGroup
            items={patterns.map((each) => ({ label: `${prefix}:${each}`, dismissLabel: `Remove ${prefix}:${each}` }))}
            onDismiss={({ detail }) => write(written.filter((each) => each !== patterns[detail.itemIndex]))}
          />
        )}
        {!all && (
          <FormField
            label="Add actions by pattern"
            description="* stands for any characters, ? for one."
            secondaryControl={
              <Button formAction="none" disabled={!/^[\w*?:-]+$/.test(pattern.trim())} onClick={addPattern}>
                Add pattern
              </Button>
            }
          >
            <Input
              value={pattern}
              placeholder="Get*"
              autoComplete={false}
              onChange={({ detail }) => setPattern(detail.value)}
              onKeyDown={({ detail, preventDefault }) => {
                if (detail.key !== "Enter") return;
                // Enter would send the form around it.
                preventDefault?.();
                addPattern();
              }}
            />
          </FormField>
        )}
        {service && !all && (
          <>
            <Input
              type="search"
              value={filter}
              placeholder="Filter actions"
              ariaLabel={`Filter actions of ${service.name}`}
              clearAriaLabel="Clear the filter"
              onChange={({ detail }) => setFilter(detail.value)}
            />
            {matching.length === 0 && <Box color="text-body-secondary">No action matches.</Box>}
            {ACCESS_LEVELS.map((level) => {
              const actions = matching.filter((action) => action.accessLevel === level);
              return (
                actions.length > 0 && (
                  <ActionLevel
                    key={level}
                    level={level}
                    actions={actions}
                    chosen={chosen}
                    isCovered={(name) => patterns.some((each) => coversAction(each, name))}
                    expanded={filter !== ""}
                    onToggle={toggle}
                    onChooseAll={(checked) =>
                      choose(
                        actions.map(({ name }) => name),
                        checked,
                      )
                    }
                  />
                )
              );
            })}
          </>
        )}
      </SpaceBetween>
    </ExpandableSection>
  );
}

/** Tells whether all actions named are of the kind that no resource can be given for; AWS's console writes `*` then. */
function takesNoResources(service: Service | undefined, names: string[], statement: Statement): boolean {
  if (service === undefined || names.length === 0 || textsOf(statement.Resource)?.length !== 0) return false;
  return names.every((name) =>
    service.actions.some(
      (action) => action.name.toLowerCase() === name.toLowerCase() && action.resourceTypes.length === 0,
    ),
  );
}

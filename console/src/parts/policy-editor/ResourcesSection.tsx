import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useState } from "react";
import type { ResourceType, Service } from "#/api/catalogue";
import { ArnForm } from "#/parts/policy-editor/ArnForm";
import { typeOf, typesFor } from "#/parts/policy-editor/arnPatterns";
import { type Statement, textsOf, withTexts } from "#/parts/policy-editor/statement";

interface Properties {
  service: Service | undefined;
  statement: Statement;
  onChange: (statement: Statement) => void;
}

/** ARNs of one type; those of none have no type. */
interface Kind {
  type: ResourceType | undefined;
  arns: string[];
}

/** What the statement is about: all resources, or some by their ARNs. */
export function ResourcesSection({ service, statement, onChange }: Properties) {
  const arns = textsOf(statement.Resource) ?? [];
  const all = arns.length === 1 && arns[0] === "*";
  const [adding, setAdding] = useState<Kind>();
  const write = (next: string[]) => onChange(withTexts(statement, "Resource", next));

  return (
    <ExpandableSection
      defaultExpanded
      headingTagOverride="h4"
      headerText={`Resources (${all ? "all" : arns.length})`}
      headerDescription="Specify resource ARNs for these actions."
    >
      <SpaceBetween size="m">
        <RadioGroup
          ariaLabel="Resources"
          value={all ? "all" : "specific"}
          onChange={({ detail }) => onChange({ ...statement, Resource: detail.value === "all" ? "*" : [] })}
          items={[
            { value: "specific", label: "Specific" },
            {
              value: "all",
              label: "All",
              description: "The policy is less strict than it could be where actions take ARNs.",
            },
          ]}
        />
        {!all &&
          kindsOf(service, statement, arns).map((kind) => (
            <FormField
              key={kind.type?.name ?? ""}
              stretch
              label={kind.type?.name ?? "Other ARNs"}
              description={kind.type?.arn}
              info={
                <Button
                  formAction="none"
                  variant="inline-link"
                  ariaLabel={kind.type ? `Add ARNs of ${kind.type.name}` : "Add ARNs of other types"}
                  onClick={() => setAdding(kind)}
                >
                  Add ARNs
                </Button>
              }
            >
              {kind.arns.length > 0 && (
                <TokenGroup
                  items={kind.arns.map((arn) => ({ label: arn, dismissLabel: `Remove ${arn}` }))}
                  onDismiss={({ detail }) => write(arns.filter((arn) => arn !== kind.arns[detail.itemIndex]))}
                />
              )}
            </FormField>
          ))}
        {!all && arns.length === 0 && (
          <Box color="text-status-warning">Add an ARN, or choose all: a statement needs a resource.</Box>
        )}
      </SpaceBetween>
      {adding && (
        <ArnForm
          type={adding.type}
          onAdd={(added) => {
            write([...new Set([...arns, ...added])]);
            setAdding(undefined);
          }}
          onDismiss={() => setAdding(undefined)}
        />
      )}
    </ExpandableSection>
  );
}

function kindsOf(service: Service | undefined, statement: Statement, arns: string[]): Kind[] {
  const names = (textsOf(statement.Action) ?? []).map((action) => action.slice(action.indexOf(":") + 1));
  const types = service?.resourceTypes ?? [];
  const wanted = service ? typesFor(service, names) : [];
  const typed = arns.map((arn) => ({ arn, type: typeOf(arn, types) }));
  const arnsOf = (type: ResourceType | undefined) => typed.filter((each) => each.type === type).map(({ arn }) => arn);
  const kinds: Kind[] = [...types, undefined].map((type) => ({ type, arns: arnsOf(type) }));
  return kinds.filter(({ type, arns: found }) => type === undefined || wanted.includes(type) || found.length > 0);
}

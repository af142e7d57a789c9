import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import type { Service } from "#/api/catalogue";
import { ConditionForm } from "#/parts/policy-editor/ConditionForm";
import {
  type Condition,
  conditionsOf,
  type Statement,
  withCondition,
  withoutCondition,
} from "#/parts/policy-editor/statement";

interface Properties {
  service: Service | undefined;
  statement: Statement;
  onChange: (statement: Statement) => void;
}

/** When the statement holds: all of these have to. */
export function ConditionsSection({ service, statement, onChange }: Properties) {
  const [adding, setAdding] = useState(false);
  const conditions = conditionsOf(statement);
  return (
    <ExpandableSection
      defaultExpanded={conditions.length > 0}
      headingTagOverride="h4"
      headerText={`Request conditions - optional (${conditions.length})`}
      headerDescription="Actions on resources are allowed or denied only when these conditions are met."
    >
      <SpaceBetween size="s">
        {conditions.length > 0 && (
          <Table<Condition>
            variant="embedded"
            items={conditions}
            trackBy={({ operator, key }) => `${operator} ${key}`}
            ariaLabels={{ tableLabel: "Conditions" }}
            columnDefinitions={[
              { id: "key", header: "Condition key", isRowHeader: true, cell: ({ key }) => key },
              { id: "operator", header: "Operator", cell: ({ operator }) => operator },
              { id: "values", header: "Values", cell: ({ values }) => values.join(", ") },
              {
                id: "remove",
                header: "Actions",
                cell: (condition) => (
                  <Button
                    formAction="none"
                    variant="inline-link"
                    ariaLabel={`Remove condition ${condition.key}`}
                    onClick={() => onChange(withoutCondition(statement, condition))}
                  >
                    Remove
                  </Button>
                ),
              },
            ]}
          />
        )}
        <Button formAction="none" onClick={() => setAdding(true)}>
          Add {conditions.length > 0 ? "another" : "a"} condition
        </Button>
      </SpaceBetween>
      {adding && (
        <ConditionForm
          service={service}
          onAdd={(condition) => {
            onChange(withCondition(statement, condition));
            setAdding(false);
          }}
          onDismiss={() => setAdding(false)}
        />
      )}
    </ExpandableSection>
  );
}

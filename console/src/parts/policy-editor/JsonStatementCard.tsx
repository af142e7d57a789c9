import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { JsonEditor } from "#/parts/JsonEditor";
import type { Json } from "#/parts/policy-editor/statement";

interface Properties {
  number: number;
  statement: Json;
  why: string;
  onShowJson: () => void;
  /** Makes a statement for each service of it, when that is all that keeps it from being shown. */
  onSplit?: () => void;
  onRemove: () => void;
}

/** A statement that the visual editor leaves as it is. */
export function JsonStatementCard({ number, statement, why, onShowJson, onSplit, onRemove }: Properties) {
  return (
    <Container
      header={
        <Header
          variant="h3"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {onSplit && (
                <Button formAction="none" onClick={onSplit}>
                  Split by service
                </Button>
              )}
              <Button formAction="none" onClick={onShowJson}>
                Edit as JSON
              </Button>
              <Button formAction="none" ariaLabel={`Remove statement ${number}`} onClick={onRemove}>
                Remove
              </Button>
            </SpaceBetween>
          }
        >
          Statement {number}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <Alert type="info" statusIconAriaLabel="Info">
          {why}
        </Alert>
        <JsonEditor readOnly label={`Statement ${number}`} value={JSON.stringify(statement, undefined, 4)} />
      </SpaceBetween>
    </Container>
  );
}

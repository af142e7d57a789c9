import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Steps from "@cloudscape-design/components/steps";
import type { Explanation } from "#/api/explanation";
import { Lazily } from "#/pages/why/Lazily";
import { layerSteps } from "#/pages/why/layerSteps";
import { headline } from "#/pages/why/words";

/** What a call would come to, in one line; then why; then layer by layer. */
export function Answer({ explanation }: { explanation: Explanation }) {
  const allowed = explanation.decision === "allowed";
  return (
    <SpaceBetween size="l">
      <Alert
        type={allowed ? "success" : "error"}
        header={headline(explanation)}
        statusIconAriaLabel={allowed ? "Allowed" : "Denied"}
      >
        <SpaceBetween size="xs">
          {[explanation.verdict, ...explanation.reasons, ...explanation.notes].map((sentence) => (
            <Box key={sentence} color="inherit">
              {sentence}
            </Box>
          ))}
        </SpaceBetween>
      </Alert>
      <Container
        header={
          <Header
            variant="h2"
            description="An explicit deny anywhere wins. Else every layer that has to must allow it."
          >
            Decision, layer by layer
          </Header>
        }
      >
        <Steps ariaLabel="Layers of the decision" steps={layerSteps(explanation)} />
      </Container>
      <Container header={<Header variant="h2">Request</Header>}>
        <Request explanation={explanation} />
      </Container>
    </SpaceBetween>
  );
}

function Request({ explanation: { principal, action, resource, context } }: { explanation: Explanation }) {
  const keys = Object.entries(context).sort(([a], [b]) => a.localeCompare(b));
  return (
    <SpaceBetween size="s">
      <KeyValuePairs
        columns={3}
        items={[
          { label: "Principal", value: principal.arn },
          { label: "Action", value: action },
          { label: "Resource", value: resource },
        ]}
      />
      <Lazily header={`${keys.length} condition keys that it was decided with`}>
        {() => (
          <KeyValuePairs
            columns={3}
            items={keys.map(([label, value]) => ({ label, value: [value].flat().join(", ") || "(empty)" }))}
          />
        )}
      </Lazily>
    </SpaceBetween>
  );
}

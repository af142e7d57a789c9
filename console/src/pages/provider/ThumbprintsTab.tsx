import { UpdateOpenIDConnectProviderThumbprintCommand } from "@aws-sdk/client-iam";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { iam } from "#/api/clients";
import { useNotify } from "#/app/notifications";
import { linesOf, MOST_THUMBPRINTS, thumbprintsProblem } from "#/pages/create-provider/oidc";
import { FormModal } from "#/parts/FormModal";

interface Properties {
  arn: string;
  thumbprints: string[];
  onChanged: () => void;
}

/** The fingerprints of certificates that a provider's keys may be fetched under. */
export function ThumbprintsTab({ arn, thumbprints, onChanged }: Properties) {
  const [editing, setEditing] = useState(false);
  const [text, setText] = useState("");
  const notify = useNotify();
  const problem = thumbprintsProblem(linesOf(text));

  async function save() {
    await iam.send(
      new UpdateOpenIDConnectProviderThumbprintCommand({
        OpenIDConnectProviderArn: arn,
        ThumbprintList: linesOf(text),
      }),
    );
    notify.success("Thumbprints updated.");
    setEditing(false);
    onChanged();
  }

  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${thumbprints.length})`}
          description="SHA-1 fingerprints of the certificates that the provider's keys may be fetched under."
          actions={
            <Button
              onClick={() => {
                setText(thumbprints.join("\n"));
                setEditing(true);
              }}
            >
              Manage thumbprints
            </Button>
          }
        >
          Thumbprints
        </Header>
      }
    >
      {thumbprints.length === 0 && <Box color="text-body-secondary">There are no thumbprints.</Box>}
      {thumbprints.map((each) => (
        <Box key={each} variant="code">
          {each}
        </Box>
      ))}
      {editing && (
        <FormModal
          title="Manage thumbprints"
          button="Save changes"
          disabled={problem !== undefined}
          onSubmit={save}
          onDismiss={() => setEditing(false)}
        >
          <FormField
            label="Thumbprints"
            constraintText={`One thumbprint a line. Up to ${MOST_THUMBPRINTS}.`}
            errorText={problem}
          >
            <Textarea value={text} rows={5} onChange={({ detail }) => setText(detail.value)} />
          </FormField>
        </FormModal>
      )}
    </Container>
  );
}

import { type GlobalEndpointTokenVersion, SetSecurityTokenServicePreferencesCommand } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { useState } from "react";
import { iam } from "#/api/clients";
import type { Loaded } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { Failure } from "#/parts/Failure";
import { FormModal } from "#/parts/FormModal";
import { Loading } from "#/parts/Loading";

const VERSIONS: Record<GlobalEndpointTokenVersion, string> = {
  v1Token: "Valid only in AWS Regions enabled by default",
  v2Token: "Valid in all AWS Regions",
};

/** Which session tokens STS gives out at its global endpoint. */
export function TokenVersion({ summary }: { summary: Loaded<Record<string, number>> }) {
  const [editing, setEditing] = useState(false);
  const [chosen, setChosen] = useState<GlobalEndpointTokenVersion>("v1Token");
  const notify = useNotify();
  const current = summary.value && (summary.value.GlobalEndpointTokenVersion === 2 ? "v2Token" : "v1Token");

  async function save() {
    await iam.send(new SetSecurityTokenServicePreferencesCommand({ GlobalEndpointTokenVersion: chosen }));
    notify.success("The tokens of the global endpoint are changed.");
    setEditing(false);
    summary.reload();
  }

  return (
    <Container
      header={
        <Header
          variant="h2"
          description="STS gives out temporary credentials for IAM users, roles and federated users."
          actions={
            <Button
              disabled={current === undefined}
              onClick={() => {
                if (current) setChosen(current);
                setEditing(true);
              }}
            >
              Change
            </Button>
          }
        >
          Security Token Service (STS)
        </Header>
      }
    >
      {summary.error !== undefined && (
        <Failure what="The setting could not be shown" error={summary.error} onRetry={summary.reload} />
      )}
      {summary.loading && current === undefined && <Loading />}
      {current && (
        <KeyValuePairs items={[{ label: "Session tokens of the global endpoint", value: VERSIONS[current] }]} />
      )}
      {editing && (
        <FormModal
          title="Change region compatibility of session tokens"
          button="Save changes"
          disabled={chosen === current}
          onSubmit={save}
          onDismiss={() => setEditing(false)}
        >
          <FormField
            label="Session tokens of the global endpoint"
            description="Ostiary takes its tokens in every region either way; tools read this setting."
          >
            <RadioGroup
              value={chosen}
              items={Object.entries(VERSIONS).map(([value, label]) => ({ value, label }))}
              onChange={({ detail }) => setChosen(detail.value === "v2Token" ? "v2Token" : "v1Token")}
            />
          </FormField>
        </FormModal>
      )}
    </Container>
  );
}

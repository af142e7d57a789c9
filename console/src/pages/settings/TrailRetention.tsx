import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { type AccountSettings, ostiary } from "#/api/ostiary";
import type { Loaded } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { daysOf, daysProblem, textOf } from "#/pages/settings/days";
import { Failure } from "#/parts/Failure";
import { FormModal } from "#/parts/FormModal";
import { Loading } from "#/parts/Loading";

const LEAST = 90;
const MOST = 3653;

/** How long the event history goes back. */
export function TrailRetention({ settings }: { settings: Loaded<AccountSettings> }) {
  const [editing, setEditing] = useState(false);
  const { value, error, loading, reload } = settings;
  const days = value?.TrailRetentionDays;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="What is recorded of calls and sign-ins."
          actions={
            <Button disabled={value === undefined} onClick={() => setEditing(true)}>
              Edit retention
            </Button>
          }
        >
          Event history
        </Header>
      }
    >
      <SpaceBetween size="s">
        {error !== undefined && <Failure what="The setting could not be shown" error={error} onRetry={reload} />}
        {loading && value === undefined && <Loading />}
        {value && (
          <KeyValuePairs items={[{ label: "Keep events", value: days === undefined ? "For ever" : `${days} days` }]} />
        )}
        <Box color="text-body-secondary">
          Older events are deleted, which is an event itself. What is left can be verified all the same. To keep them
          elsewhere, export them first: <Box variant="code">ostiary trail export</Box>.
        </Box>
      </SpaceBetween>
      {editing && value && (
        <EditRetention
          settings={value}
          onLeave={(changed) => {
            setEditing(false);
            if (changed) reload();
          }}
        />
      )}
    </Container>
  );
}

function EditRetention({ settings, onLeave }: { settings: AccountSettings; onLeave: (changed: boolean) => void }) {
  const [days, setDays] = useState(textOf(settings.TrailRetentionDays));
  const notify = useNotify();
  const problem = daysProblem(days, LEAST, MOST);

  async function save() {
    await ostiary("UpdateAccountSettings", { TrailRetentionDays: daysOf(days) });
    notify.success(days === "" ? "Events are kept for ever." : `Events are kept for ${days} days.`);
    onLeave(true);
  }

  return (
    <FormModal
      title="Edit retention of events"
      button="Save changes"
      disabled={problem !== undefined}
      onSubmit={save}
      onDismiss={() => onLeave(false)}
    >
      <SpaceBetween size="m">
        <FormField
          label="Keep events for days - optional"
          constraintText={`From ${LEAST} to ${MOST} days. Leave it empty to keep them for ever.`}
          errorText={problem}
        >
          <Input type="number" value={days} onChange={({ detail }) => setDays(detail.value)} />
        </FormField>
        {days !== "" && (
          <Alert type="warning" statusIconAriaLabel="Warning">
            Events that are older are deleted for good.
          </Alert>
        )}
      </SpaceBetween>
    </FormModal>
  );
}

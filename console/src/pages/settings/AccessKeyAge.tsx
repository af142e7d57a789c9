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

const MOST = 3650;

/** How old access keys may grow: when they are warned of, and when they stop working. */
export function AccessKeyAge({ settings }: { settings: Loaded<AccountSettings> }) {
  const [editing, setEditing] = useState(false);
  const { value, error, loading, reload } = settings;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="The longer a key is there, the more places it has got to."
          actions={
            <Button disabled={value === undefined} onClick={() => setEditing(true)}>
              Edit age limits
            </Button>
          }
        >
          Age of access keys
        </Header>
      }
    >
      <SpaceBetween size="s">
        {error !== undefined && <Failure what="The setting could not be shown" error={error} onRetry={reload} />}
        {loading && value === undefined && <Loading />}
        {value && (
          <KeyValuePairs
            columns={2}
            items={[
              { label: "Warn of a key", value: inDays(value.AccessKeyWarningDays) },
              { label: "Deactivate a key", value: inDays(value.AccessKeyMaximumDays) },
            ]}
          />
        )}
        <Box color="text-body-secondary">
          An alert tells of a key that reaches the first age. At the second it is made inactive, the root user's too:
          calls with it are refused from then on. A key that is activated again when it is too old is deactivated within
          a minute.
        </Box>
      </SpaceBetween>
      {editing && value && (
        <EditAge
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

function inDays(days: number | undefined): string {
  return days === undefined ? "Never" : `After ${days} ${days === 1 ? "day" : "days"}`;
}

function EditAge({ settings, onLeave }: { settings: AccountSettings; onLeave: (changed: boolean) => void }) {
  const [warning, setWarning] = useState(textOf(settings.AccessKeyWarningDays));
  const [maximum, setMaximum] = useState(textOf(settings.AccessKeyMaximumDays));
  const notify = useNotify();
  const wrongWarning = daysProblem(warning, 1, MOST);
  const wrongMaximum =
    daysProblem(maximum, 1, MOST) ??
    (warning && maximum && Number(warning) >= Number(maximum)
      ? "Must be more than the age of the warning."
      : undefined);

  async function save() {
    await ostiary("UpdateAccountSettings", {
      AccessKeyWarningDays: daysOf(warning),
      AccessKeyMaximumDays: daysOf(maximum),
    });
    notify.success("The age limits of access keys are changed.");
    onLeave(true);
  }

  return (
    <FormModal
      title="Edit age limits of access keys"
      button="Save changes"
      disabled={wrongWarning !== undefined || wrongMaximum !== undefined}
      onSubmit={save}
      onDismiss={() => onLeave(false)}
    >
      <SpaceBetween size="m">
        <FormField
          label="Warn of a key after days - optional"
          constraintText={`From 1 to ${MOST} days. Leave it empty to warn of none.`}
          errorText={wrongWarning}
        >
          <Input type="number" value={warning} onChange={({ detail }) => setWarning(detail.value)} />
        </FormField>
        <FormField
          label="Deactivate a key after days - optional"
          constraintText={`From 1 to ${MOST} days, more than for the warning. Leave it empty to deactivate none.`}
          errorText={wrongMaximum}
        >
          <Input type="number" value={maximum} onChange={({ detail }) => setMaximum(detail.value)} />
        </FormField>
        {maximum !== "" && (
          <Alert type="warning" statusIconAriaLabel="Warning">
            Keys that are older already are deactivated within a minute, the one of an administrator too.
          </Alert>
        )}
      </SpaceBetween>
    </FormModal>
  );
}

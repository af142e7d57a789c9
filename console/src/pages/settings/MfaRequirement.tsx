import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { type AccountSettings, ostiary } from "#/api/ostiary";
import type { Loaded } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { useSession } from "#/app/session";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";

/** Whether everybody who signs in has to have a second factor. */
export function MfaRequirement({ settings: loaded }: { settings: Loaded<AccountSettings> }) {
  const session = useSession();
  const [asking, setAsking] = useState(false);
  const notify = useNotify();
  const required = loaded.value?.MfaRequired;

  async function change() {
    await ostiary("UpdateAccountSettings", { MfaRequired: !required });
    notify.success(required ? "MFA is no longer required to sign in." : "MFA is required to sign in from now on.");
    setAsking(false);
    loaded.reload();
  }

  return (
    <Container
      header={
        <Header
          variant="h2"
          description="A password alone can be guessed, stolen or given away."
          actions={
            <Button disabled={required === undefined} onClick={() => setAsking(true)}>
              {required ? "Stop requiring MFA" : "Require MFA"}
            </Button>
          }
        >
          Multi-factor authentication at sign-in
        </Header>
      }
    >
      <SpaceBetween size="s">
        {loaded.error !== undefined && (
          <Failure what="The setting could not be shown" error={loaded.error} onRetry={loaded.reload} />
        )}
        {loaded.loading && required === undefined && <Loading />}
        {required === true && <StatusIndicator>Required for everybody</StatusIndicator>}
        {required === false && <StatusIndicator type="warning">Required of those who have a device</StatusIndicator>}
        <Box color="text-body-secondary">
          Whoever has an MFA device is asked for it at every sign-in. When MFA is required, those without a device, the
          root user too, register one the next time they sign in, before anything else. Access keys, and sessions that
          have begun, go on; policies can ask for MFA with the condition key aws:MultiFactorAuthPresent.
        </Box>
      </SpaceBetween>
      {asking && (
        <ConfirmDelete
          title={required ? "Stop requiring MFA?" : "Require MFA?"}
          button={required ? "Stop requiring MFA" : "Require MFA"}
          onConfirm={change}
          onDismiss={() => setAsking(false)}
        >
          <SpaceBetween size="s">
            {required
              ? "Users without an MFA device can sign in with their password alone."
              : "Users without an MFA device have to register one the next time they sign in."}
            {!required && !session.mfa && (
              <Alert type="warning" statusIconAriaLabel="Warning">
                You signed in without MFA yourself: the next time, you will be asked to register a device.
              </Alert>
            )}
          </SpaceBetween>
        </ConfirmDelete>
      )}
    </Container>
  );
}

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { listAdministrators } from "#/api/administrators";
import { listMfaDevices } from "#/api/mfaDevices";
import { signOut } from "#/api/signIn";
import { useLoad } from "#/api/useLoad";
import { hrefOf } from "#/app/href";
import { useSession } from "#/app/session";
import { Administrator } from "#/pages/secure-account/Administrator";
import { Task } from "#/pages/secure-account/Task";
import { MfaDevices } from "#/parts/MfaDevices";
import { RouterLink } from "#/parts/RouterLink";

/** What the root user of a new account does first, and then works as somebody else. */
export default function Page() {
  const { account, principal } = useSession();
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="The root user can do everything and cannot be restricted. Lock it well, and put it away."
        >
          Secure your account
        </Header>
      }
    >
      {principal.kind === "root" ? (
        <Tasks alias={account.alias ?? account.id} />
      ) : (
        <Alert type="info" statusIconAriaLabel="Info">
          Only the root user can secure the account. Your own password and MFA devices are under{" "}
          <RouterLink to="/security-credentials">Security credentials</RouterLink>.
        </Alert>
      )}
    </ContentLayout>
  );
}

function Tasks({ alias }: { alias: string }) {
  const devices = useLoad(() => listMfaDevices("root"), []);
  const administrators = useLoad(listAdministrators, []);
  const [leaving, setLeaving] = useState(false);
  const hasMfa = devices.value && devices.value.length > 0;
  const isReady = hasMfa === true && (administrators.value?.length ?? 0) > 0;

  function leave() {
    setLeaving(true);
    void signOut().finally(() => window.location.assign(hrefOf(`/sign-in?account=${encodeURIComponent(alias)}`)));
  }

  return (
    <SpaceBetween size="l">
      <Task
        number={1}
        title="A password of your own"
        description="Nobody but you knows it, and it is used nowhere else."
        done
      >
        You have one: whoever was given the first password chooses another at sign-in. You can{" "}
        <RouterLink to="/security-credentials">change it</RouterLink> at any time.
      </Task>
      <Task
        number={2}
        title="MFA for the root user"
        description="A second factor, so that the password alone opens nothing. Best are two, one of them kept in a safe."
        done={hasMfa}
      >
        <MfaDevices embedded onChange={devices.reload} />
      </Task>
      <Administrator loaded={administrators} />
      <Task
        number={4}
        title="Sign out of the root user"
        description="Come back as the root user only for what nobody else can do."
        done={false}
      >
        <SpaceBetween size="s">
          {!isReady && <Box>First see to what is still to do above.</Box>}
          <Button variant={isReady ? "primary" : "normal"} loading={leaving} onClick={leave}>
            Sign out and sign in as administrator
          </Button>
        </SpaceBetween>
      </Task>
    </SpaceBetween>
  );
}

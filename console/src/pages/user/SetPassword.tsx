import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { allDone, useDeeds } from "#/api/deeds";
import { generatePassword, passwordRules } from "#/api/password";
import { useLoad } from "#/api/useLoad";
import { DeedList } from "#/parts/DeedList";
import { FormModal } from "#/parts/FormModal";
import { GENERATED, PasswordChoice, planProblem } from "#/parts/PasswordChoice";
import { SignInDetails } from "#/parts/SignInDetails";
import { passwordDeeds } from "./consoleAccess";

interface Properties {
  userName: string;
  /** There is a password already, which is replaced. */
  hasOne: boolean;
  onLeave: (changed: boolean) => void;
}

/** Gives a user a password, and shows it this once. */
export function SetPassword({ userName, hasOne, onLeave }: Properties) {
  const { value: rules } = useLoad(passwordRules, []);
  const deeds = useDeeds();
  const [plan, setPlan] = useState(GENERATED);
  const [insist, setInsist] = useState(false);
  const [password, setPassword] = useState<string>();
  const title = hasOne ? `Reset the password of ${userName}` : `Enable console access of ${userName}`;

  async function set() {
    setInsist(true);
    if (planProblem(plan, rules)) return;
    const chosen = plan.kind === "custom" ? plan.custom : generatePassword(rules);
    const [setting] = await deeds.start(passwordDeeds(userName, chosen, plan.mustChange, hasOne));
    if (setting?.state === "failed") throw setting.error;
    setPassword(chosen);
  }

  if (password === undefined) {
    return (
      <FormModal
        title={title}
        button={hasOne ? "Reset password" : "Enable console access"}
        onSubmit={set}
        onDismiss={() => onLeave(false)}
      >
        <SpaceBetween size="l">
          {hasOne && <Box>The present password stops working, and the user is signed out everywhere.</Box>}
          <PasswordChoice plan={plan} onChange={setPlan} rules={rules} insist={insist} />
        </SpaceBetween>
      </FormModal>
    );
  }
  return (
    <Modal
      visible
      size="large"
      header="Console password"
      closeAriaLabel="Close"
      onDismiss={() => onLeave(true)}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={() => onLeave(true)}>
            Close
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="l">
        <Box>You can view and download the password now, and never again.</Box>
        {!allDone(deeds.outcomes) && (
          <Alert
            type="error"
            statusIconAriaLabel="Error"
            header="The password is set, but something is missing"
            action={
              <Button loading={deeds.busy} onClick={() => void deeds.retry()}>
                Try again
              </Button>
            }
          >
            <DeedList outcomes={deeds.outcomes} label="What was done" />
          </Alert>
        )}
        <SignInDetails userName={userName} password={password} />
      </SpaceBetween>
    </Modal>
  );
}

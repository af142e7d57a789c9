import Box from "@cloudscape-design/components/box";
import { useState } from "react";
import { choosePassword, type Step } from "#/api/signIn";
import { StepForm } from "#/pages/sign-in/StepForm";
import type { Attempt } from "#/pages/sign-in/useAttempt";
import { isTyped, NewPassword, NOTHING_TYPED } from "#/parts/NewPassword";

interface Properties {
  rules: string[];
  attempt: Attempt;
  onStep: (step: Step) => void;
}

/** The step of who has to choose a new password, as somebody else knows the old one, or it is too old. */
export function ChangePassword({ rules, attempt, onStep }: Properties) {
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [insist, setInsist] = useState(false);

  function submit() {
    setInsist(true);
    if (isTyped(typed)) attempt.run(async () => onStep(await choosePassword(typed.password)));
  }

  return (
    <StepForm attempt={attempt} button="Confirm password change" onSubmit={submit}>
      <Box>You must change your password to continue.</Box>
      <NewPassword typed={typed} onChange={setTyped} rules={rules} insist={insist} />
    </StepForm>
  );
}

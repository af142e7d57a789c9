import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useSearchParams } from "react-router";
import type { SignInSession, Step } from "#/api/signIn";
import { hrefOf, safeNext } from "#/app/href";
import { ChangePassword } from "#/pages/sign-in/ChangePassword";
import { Enrol } from "#/pages/sign-in/Enrol";
import { Password } from "#/pages/sign-in/Password";
import { Refused } from "#/pages/sign-in/Refused";
import { SecondFactor } from "#/pages/sign-in/SecondFactor";
import { useAttempt } from "#/pages/sign-in/useAttempt";
import { Door } from "#/parts/Door";

type Waiting = Exclude<Step, { step: "done" }>;

const TITLES: Record<Waiting["step"], string> = {
  "second-factor": "Additional verification required",
  "change-password": "Change your password",
  enrol: "Set up a second factor",
};

/** The door: step by step, until somebody is signed in. */
export default function Page() {
  const [search] = useSearchParams();
  const [waiting, setWaiting] = useState<Waiting>();
  const [expired, setExpired] = useState<unknown>();

  function go(step: Step) {
    setExpired(undefined);
    if (step.step === "done") enter(step.session, safeNext(`?${search}`));
    else setWaiting(step);
  }

  function startAgain(reason?: unknown) {
    setWaiting(undefined);
    setExpired(reason);
  }

  return (
    <Door title={waiting ? TITLES[waiting.step] : "Sign in"}>
      <SpaceBetween size="l">
        {expired !== undefined && <Refused error={expired} />}
        {/* Each step begins with a clean slate. */}
        <CurrentStep key={waiting?.step ?? "password"} waiting={waiting} onStep={go} onExpired={startAgain} />
        {waiting && (
          <Button variant="link" fullWidth onClick={() => startAgain()}>
            Sign in as somebody else
          </Button>
        )}
      </SpaceBetween>
    </Door>
  );
}

interface Properties {
  waiting: Waiting | undefined;
  onStep: (step: Step) => void;
  onExpired: (reason: unknown) => void;
}

function CurrentStep({ waiting, onStep, onExpired }: Properties) {
  const attempt = useAttempt(onExpired);
  switch (waiting?.step) {
    case "second-factor":
      return <SecondFactor methods={waiting.methods} attempt={attempt} onStep={onStep} />;
    case "change-password":
      return <ChangePassword rules={waiting.rules} attempt={attempt} onStep={onStep} />;
    case "enrol":
      return <Enrol attempt={attempt} onStep={onStep} />;
    default:
      return <Password attempt={attempt} onStep={onStep} />;
  }
}

/** Opens the console anew, so that nothing is left of who was signed in before. */
function enter(session: SignInSession, next: string): void {
  window.location.assign(hrefOf(session.mustSecure && next === "/" ? "/secure-account" : next));
}

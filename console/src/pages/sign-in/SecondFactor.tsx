import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useEffect, useRef, useState } from "react";
import { enterCode, type Factor, type Step, usePasskey } from "#/api/signIn";
import { StepForm } from "#/pages/sign-in/StepForm";
import type { Attempt } from "#/pages/sign-in/useAttempt";
import { CodeInput, isCodeTyped } from "#/parts/CodeInput";

interface Properties {
  methods: Factor[];
  attempt: Attempt;
  onStep: (step: Step) => void;
}

/** The second step of who has an MFA device: a code of an app, or a passkey. */
export function SecondFactor({ methods, attempt, onStep }: Properties) {
  const [method, setMethod] = useState<Factor>(methods.includes("totp") ? "totp" : "passkey");
  const other = methods.find((known) => known !== method);
  const Method = method === "totp" ? EnterCode : Passkey;
  return (
    <Method
      attempt={attempt}
      onStep={onStep}
      // What there is no choice of starts by itself.
      startsItself={other === undefined}
      others={
        other && (
          <Button variant="link" fullWidth formAction="none" disabled={attempt.busy} onClick={() => setMethod(other)}>
            {other === "totp" ? "Use an authenticator app" : "Use a passkey or security key"}
          </Button>
        )
      }
    />
  );
}

type MethodProperties = Omit<Properties, "methods"> & { startsItself: boolean; others: React.ReactNode };

function EnterCode({ attempt, onStep, others }: MethodProperties) {
  const [code, setCode] = useState("");
  const [insist, setInsist] = useState(false);

  function submit() {
    setInsist(!isCodeTyped(code));
    if (!isCodeTyped(code)) return;
    attempt.run(async () => {
      // A code is good once: whatever becomes of it, the next attempt takes another.
      setCode("");
      onStep(await enterCode(code));
    });
  }

  return (
    <StepForm attempt={attempt} button="Submit" onSubmit={submit} others={others}>
      <Box>Enter the code that your authenticator app shows.</Box>
      <CodeInput
        label="MFA code"
        value={code}
        onChange={setCode}
        problem={insist && !isCodeTyped(code) && "Enter the six digits of the code."}
        autoFill
        autoFocus
      />
    </StepForm>
  );
}

function Passkey({ attempt, onStep, startsItself, others }: MethodProperties) {
  const started = useRef(false);
  const use = () => attempt.run(async () => onStep(await usePasskey("own")));

  useEffect(() => {
    if (!startsItself || started.current) return;
    started.current = true;
    use();
  });

  return (
    <StepForm attempt={attempt} button="Use passkey" onSubmit={use} others={others}>
      <Box>Confirm with your passkey or security key that it is you. Your browser will show you how.</Box>
    </StepForm>
  );
}

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { enrolApp, enrolPasskey, type OfferedApp, offerApp, type Step } from "#/api/signIn";
import { StepForm } from "#/pages/sign-in/StepForm";
import type { Attempt } from "#/pages/sign-in/useAttempt";
import { isCodeTyped } from "#/parts/CodeInput";
import { AppSetup, type Codes } from "#/parts/mfa/AppSetup";
import { DEVICE_NAME_RULE, deviceNameProblem } from "#/parts/mfa/deviceName";
import { KindTiles, proposedKind } from "#/parts/mfa/KindTiles";

interface Properties {
  attempt: Attempt;
  onStep: (step: Step) => void;
}

/** The step of who has no MFA device, in an account that lets nobody in without one. */
export function Enrol({ attempt, onStep }: Properties) {
  const [offered, setOffered] = useState<OfferedApp>();
  if (offered) return <SetUpApp {...{ attempt, onStep, offered }} onBack={() => setOffered(undefined)} />;
  return <ChooseKind {...{ attempt, onStep }} onOffered={setOffered} />;
}

function ChooseKind({ attempt, onStep, onOffered }: Properties & { onOffered: (offered: OfferedApp) => void }) {
  const [kind, setKind] = useState(proposedKind);
  const [name, setName] = useState("passkey");
  const problem = deviceNameProblem(name);

  function submit() {
    if (kind === "totp") attempt.run(async () => onOffered(await offerApp()));
    else if (!problem) attempt.run(async () => onStep(await enrolPasskey(name)));
  }

  return (
    <StepForm attempt={attempt} button="Next" onSubmit={submit}>
      <Box>This account lets nobody in without a second factor, and you have none yet. Choose one to continue.</Box>
      <KindTiles kind={kind} onChange={setKind} />
      {kind === "passkey" && (
        <FormField label="Device name" constraintText={DEVICE_NAME_RULE} errorText={problem} stretch>
          <Input value={name} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
        </FormField>
      )}
    </StepForm>
  );
}

function SetUpApp({ attempt, onStep, offered, onBack }: Properties & { offered: OfferedApp; onBack: () => void }) {
  const [codes, setCodes] = useState<Codes>(["", ""]);
  const [insist, setInsist] = useState(false);
  const isComplete = codes.every(isCodeTyped);

  function submit() {
    setInsist(true);
    if (isComplete) attempt.run(async () => onStep(await enrolApp(codes)));
  }

  return (
    <StepForm
      attempt={attempt}
      button="Register MFA"
      onSubmit={submit}
      others={
        <Button variant="link" fullWidth formAction="none" disabled={attempt.busy} onClick={onBack}>
          Choose another device
        </Button>
      }
    >
      <AppSetup qrCode={offered.qrCode} secret={offered.secret} codes={codes} onChange={setCodes} insist={insist} />
    </StepForm>
  );
}

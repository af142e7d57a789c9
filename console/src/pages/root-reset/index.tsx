import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { resetRootPassword } from "#/api/signIn";
import { StepForm } from "#/pages/sign-in/StepForm";
import { useAttempt } from "#/pages/sign-in/useAttempt";
import { Door } from "#/parts/Door";
import { isTyped, NewPassword, NOTHING_TYPED, OWN_RULES } from "#/parts/NewPassword";
import { RootEmail } from "#/parts/RootEmail";
import { RouterLink } from "#/parts/RouterLink";

/** A root user who lost the password sets a new one, with the code that the server's operator had made. */
export default function Page() {
  const [done, setDone] = useState(false);
  return (
    <Door title="Reset the root user's password">{done ? <Done /> : <ResetForm onDone={() => setDone(true)} />}</Door>
  );
}

function ResetForm({ onDone }: { onDone: () => void }) {
  const attempt = useAttempt(() => undefined);
  const [email, setEmail] = useState("");
  const [code, setCode] = useState("");
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [insist, setInsist] = useState(false);

  function submit() {
    setInsist(true);
    if (email.trim() === "" || code.trim() === "" || !isTyped(typed)) return;
    attempt.run(async () => {
      await resetRootPassword(email.trim(), code.trim(), typed.password);
      onDone();
    });
  }

  return (
    <StepForm
      attempt={attempt}
      button="Reset password"
      onSubmit={submit}
      others={
        <Box textAlign="center">
          <RouterLink to="/sign-in?root">Back to sign-in</RouterLink>
        </Box>
      }
    >
      <Box>
        Whoever runs the server gets you a one-time code with <Box variant="code">ostiary root reset</Box>. It is good
        for 30 minutes.
      </Box>
      <RootEmail value={email} onChange={setEmail} insist={insist} />
      <FormField label="One-time code" errorText={insist && code.trim() === "" && "Enter the code."} stretch>
        <Input value={code} autoComplete={false} spellcheck={false} onChange={({ detail }) => setCode(detail.value)} />
      </FormField>
      <NewPassword typed={typed} onChange={setTyped} rules={OWN_RULES} insist={insist} />
    </StepForm>
  );
}

function Done() {
  return (
    <SpaceBetween size="l">
      <Alert type="success" statusIconAriaLabel="Success">
        The password was changed, and the root user is signed out everywhere.
      </Alert>
      <Button variant="primary" fullWidth href="/console/sign-in?root">
        Sign in
      </Button>
    </SpaceBetween>
  );
}

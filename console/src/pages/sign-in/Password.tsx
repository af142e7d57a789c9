import Button from "@cloudscape-design/components/button";
import Divider from "@cloudscape-design/components/divider";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { type Step, signInAsRoot, signInAsUser, usePasskey } from "#/api/signIn";
import { hasPasskeys } from "#/api/webauthn";
import { Forgotten } from "#/pages/sign-in/Forgotten";
import { StepForm } from "#/pages/sign-in/StepForm";
import type { Attempt } from "#/pages/sign-in/useAttempt";
import { PasswordInput } from "#/parts/PasswordInput";
import { RootEmail } from "#/parts/RootEmail";

const KEPT_ACCOUNT = "ostiary-account";

/** The first step: who one is, and the password; or a passkey, which says both. */
export function Password({ attempt, onStep }: { attempt: Attempt; onStep: (step: Step) => void }) {
  const [search] = useSearchParams();
  const [kind, setKind] = useState<"root" | "user">(search.has("root") ? "root" : "user");
  const [account, setAccount] = useState(search.get("account") ?? localStorage.getItem(KEPT_ACCOUNT) ?? "");
  const [userName, setUserName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [insist, setInsist] = useState(false);
  const isRoot = kind === "root";
  const name = isRoot ? email.trim() : userName.trim();
  const isComplete = name !== "" && password !== "" && (isRoot || account.trim() !== "");

  function submit() {
    setInsist(!isComplete);
    if (!isComplete) return;
    attempt.run(async () => {
      const step = await (isRoot ? signInAsRoot(name, password) : signInAsUser(account.trim(), name, password));
      if (!isRoot) localStorage.setItem(KEPT_ACCOUNT, account.trim());
      onStep(step);
    });
  }

  return (
    <StepForm
      attempt={attempt}
      button="Sign in"
      onSubmit={submit}
      others={
        <SpaceBetween size="l">
          {hasPasskeys() && (
            <SpaceBetween size="l">
              <Divider />
              <Button
                fullWidth
                iconName="key"
                formAction="none"
                disabled={attempt.busy || attempt.wait > 0}
                onClick={() => attempt.run(async () => onStep(await usePasskey("discoverable")))}
              >
                Sign in with a passkey
              </Button>
            </SpaceBetween>
          )}
          <Forgotten isRoot={isRoot} />
        </SpaceBetween>
      }
    >
      <Tiles
        ariaLabel="Sign in as"
        value={kind}
        onChange={({ detail }) => setKind(detail.value === "root" ? "root" : "user")}
        columns={2}
        items={[
          { value: "user", label: "IAM user", description: "Somebody who works in an account." },
          { value: "root", label: "Root user", description: "The account's owner, for few tasks." },
        ]}
      />
      {isRoot ? (
        <RootEmail key="email" value={email} onChange={setEmail} insist={insist} />
      ) : (
        <SpaceBetween size="l">
          <FormField
            label="Account ID or alias"
            constraintText="12 digits, or the account's name in its sign-in URL."
            errorText={insist && account.trim() === "" && "Enter an account ID or alias."}
            stretch
          >
            <Input
              value={account}
              name="account"
              autoComplete="organization"
              spellcheck={false}
              onChange={({ detail }) => setAccount(detail.value)}
            />
          </FormField>
          <FormField label="IAM user name" errorText={insist && name === "" && "Enter a user name."} stretch>
            <Input
              value={userName}
              name="username"
              autoComplete="username"
              spellcheck={false}
              onChange={({ detail }) => setUserName(detail.value)}
            />
          </FormField>
        </SpaceBetween>
      )}
      <PasswordInput
        label="Password"
        value={password}
        autoComplete="current-password"
        onChange={setPassword}
        problem={insist && password === "" && "Enter the password."}
      />
    </StepForm>
  );
}

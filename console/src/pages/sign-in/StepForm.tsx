import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { Refused } from "#/pages/sign-in/Refused";
import type { Attempt } from "#/pages/sign-in/useAttempt";

interface Properties {
  attempt: Attempt;
  /** What the button says. */
  button: string;
  onSubmit: () => void;
  children: ReactNode;
  /** Other ways to go on. */
  others?: ReactNode;
}

/** A step of the sign-in: its fields, one button, and what became of the last attempt. */
export function StepForm({ attempt, button, onSubmit, children, others }: Properties) {
  const { busy, error, wait } = attempt;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && wait === 0) onSubmit();
      }}
    >
      <SpaceBetween size="l">
        <Refused error={error} wait={wait} />
        {children}
        <Button variant="primary" fullWidth formAction="submit" loading={busy} disabled={wait > 0}>
          {button}
        </Button>
        {others}
      </SpaceBetween>
    </form>
  );
}

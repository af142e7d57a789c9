import Alert, { type AlertProps } from "@cloudscape-design/components/alert";
import { useEffect, useRef } from "react";
import { describe } from "#/api/refusal";

/** Why it did not work. It takes the focus, so that nobody misses it. */
export function Refused({ error, wait = 0 }: { error: unknown; wait?: number }) {
  const alert = useRef<AlertProps.Ref>(null);
  const { code, message } = describe(error);

  useEffect(() => {
    if (error !== undefined) alert.current?.focus();
  }, [error]);

  if (error === undefined) return null;
  const isLimit = code === "TooManyRequestsError";
  return (
    <Alert ref={alert} type="error" statusIconAriaLabel="Error" header={isLimit ? "Too many attempts" : undefined}>
      {isLimit ? waitSentence(wait) : message}
    </Alert>
  );
}

function waitSentence(wait: number): string {
  if (wait === 0) return "You can try again now.";
  const minutes = Math.floor(wait / 60);
  const seconds = `${wait % 60} ${wait % 60 === 1 ? "second" : "seconds"}`;
  return `Try again in ${minutes ? `${minutes} min ` : ""}${seconds}.`;
}

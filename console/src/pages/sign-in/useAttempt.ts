import { useEffect, useState } from "react";
import { SignInError } from "#/api/signIn";
import { useSubmission } from "#/parts/useSubmission";

export interface Attempt {
  busy: boolean;
  error: unknown;
  /** Seconds until the next attempt may be made; 0 when it may be now. */
  wait: number;
  run: (deed: () => Promise<void>) => void;
}

/** An attempt to prove something: under way, refused, or refused for some time. */
export function useAttempt(onExpired: (error: unknown) => void): Attempt {
  const { busy, error, run } = useSubmission();
  const [wait, setWait] = useState(0);

  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);

  async function attempt(deed: () => Promise<void>) {
    try {
      await deed();
    } catch (failure) {
      if (failure instanceof SignInError && failure.name === "SignInExpired") onExpired(failure);
      if (failure instanceof SignInError) setWait(failure.retryAfter ?? 0);
      throw failure;
    }
  }

  return { busy, error, wait, run: (deed) => void run(() => attempt(deed)) };
}

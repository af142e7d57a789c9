import { useState } from "react";

export interface Submission {
  busy: boolean;
  /** Why it was not done; undefined when nothing was tried yet, or it is being tried again. */
  error: unknown;
  /** Does it, and keeps what it throws. */
  run: (deed: () => Promise<unknown>) => Promise<void>;
  forgetError: () => void;
}

/** Something that a form does: under way, done, or failed.
 *
 * @param leaves the form goes when it is done, and does nothing more until then.
 */
export function useSubmission({ leaves = false }: { leaves?: boolean } = {}): Submission {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  async function run(deed: () => Promise<unknown>) {
    setBusy(true);
    setError(undefined);
    try {
      await deed();
      if (!leaves) setBusy(false);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  }

  return { busy, error, run, forgetError: () => setError(undefined) };
}

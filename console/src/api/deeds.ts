import { useState } from "react";

/** One of several things that are done one after the other. */
export interface Deed {
  /** What it does: `Attach the policy ReadOnlyAccess`. */
  what: string;
  run: () => Promise<unknown>;
  /** Without it, those that follow make no sense. */
  essential?: boolean;
}

export interface Outcome {
  deed: Deed;
  state: "to do" | "doing" | "done" | "failed";
  error?: unknown;
}

export interface Deeds {
  outcomes: Outcome[];
  busy: boolean;
  /** Does them, and returns what became of each; a failure leaves the others to be done. */
  start: (deeds: Deed[]) => Promise<Outcome[]>;
  /** Does what failed or was left, once more. */
  retry: () => Promise<Outcome[]>;
}

/** Keeps what became of several deeds, so that what failed can be shown and tried again, and what was done is not. */
export function useDeeds(): Deeds {
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  const [busy, setBusy] = useState(false);

  async function go(from: Outcome[]): Promise<Outcome[]> {
    const now = [...from];
    const set = (index: number, outcome: Outcome) => {
      now[index] = outcome;
      setOutcomes([...now]);
    };
    setBusy(true);
    for (const [index, { deed, state }] of from.entries()) {
      if (state === "done") continue;
      set(index, { deed, state: "doing" });
      try {
        await deed.run();
        set(index, { deed, state: "done" });
      } catch (error) {
        set(index, { deed, state: "failed", error });
        if (deed.essential) break;
      }
    }
    setBusy(false);
    return now;
  }

  return {
    outcomes,
    busy,
    start: (deeds) => go(deeds.map((deed) => ({ deed, state: "to do" }))),
    retry: () => go(outcomes),
  };
}

export function allDone(outcomes: Outcome[]): boolean {
  return outcomes.every((outcome) => outcome.state === "done");
}

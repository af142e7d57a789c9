import { useCallback, useEffect, useState } from "react";
import { askFindings, type Finding, findSyntaxError, type PolicyPurpose } from "#/api/policyFindings";
import { describe } from "#/api/refusal";

export interface PolicyFindings {
  findings: Finding[];
  /** They are of the text as it was; an answer for the present one is under way. */
  checking: boolean;
  /** Why there are none from the server. */
  error: unknown;
  retry: () => void;
}

/** Long enough for a word to be written to its end, short enough to seem at once. */
const PAUSE_MS = 400;

/** Has a policy checked while it is written. What is not JSON is said at once; all else by the server after a pause. */
export function usePolicyFindings(text: string, purpose: PolicyPurpose): PolicyFindings {
  const [findings, setFindings] = useState<Finding[]>([]);
  const [checking, setChecking] = useState(true);
  const [error, setError] = useState<unknown>();
  const [round, setRound] = useState(0);
  const denied = error !== undefined && describe(error).denied;

  useEffect(() => {
    const broken = findSyntaxError(text);
    if (broken) setFindings([broken]);
    else if (denied) setFindings([]);
    // Who may not ask is not made to be refused with each key.
    setChecking(!denied);
    if (denied) return;
    let current = true;
    const ask = async () => {
      try {
        const answer = await askFindings(text, purpose);
        if (!current) return;
        setFindings(answer);
        setError(undefined);
      } catch (failure) {
        if (!current) return;
        setFindings(broken ? [broken] : []);
        setError(failure);
      }
      setChecking(false);
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, purpose, denied, round]);

  const retry = useCallback(() => {
    setError(undefined);
    setRound((before) => before + 1);
  }, []);
  return { findings, checking, error, retry };
}

import { type DependencyList, useCallback, useEffect, useState } from "react";

export interface Loaded<T> {
  /** Undefined until it is there. While it is loaded anew, the one before stays. */
  value: T | undefined;
  error: unknown;
  loading: boolean;
  reload: () => void;
}

/** Loads something when a page opens, and again when what it hangs on changes.
 *
 * @param load is given what to tell of parts that are there early, such as the first pages of a long list.
 */
export function useLoad<T>(load: (early: (value: T) => void) => Promise<T>, dependencies: DependencyList): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, "reload">>({ value: undefined, error: undefined, loading: true });
  const [round, setRound] = useState(0);

  useEffect(() => {
    let current = true;
    const show = (change: Partial<Loaded<T>>) => current && setState((before) => ({ ...before, ...change }));
    show({ loading: true });
    load((value) => show({ value })).then(
      (value) => show({ value, error: undefined, loading: false }),
      (error) => show({ error, loading: false }),
    );
    return () => {
      current = false;
    };
  }, [...dependencies, round]);

  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...state, reload };
}

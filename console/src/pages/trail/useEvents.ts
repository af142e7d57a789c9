import type { Event } from "@aws-sdk/client-cloudtrail";
import { useCallback, useEffect, useRef, useState } from "react";
import { lookUpEvents } from "#/api/events";
import { type Filters, soughtBy } from "#/pages/trail/filters";

export interface Events {
  events: Event[];
  loading: boolean;
  error: unknown;
  /** There may be older ones. */
  hasMore: boolean;
  loadMore: () => Promise<void>;
  reload: () => void;
}

interface State {
  events: Event[];
  loading: boolean;
  error: unknown;
  next: string | undefined;
}

const START: State = { events: [], loading: true, error: undefined, next: undefined };

/** The events that filters ask for, a page at a time as one goes on. */
export function useEvents(filters: Filters): Events {
  const [state, setState] = useState(START);
  const [round, setRound] = useState(0);
  // Answers to what is not asked any more are dropped.
  const asking = useRef(0);
  const sought = useRef(soughtBy(filters, new Date()));

  const load = useCallback(async (known: Event[], after: string | undefined) => {
    asking.current += 1;
    const asked = asking.current;
    const show = (next: State) => asked === asking.current && setState(next);
    show({ events: known, next: after, loading: true, error: undefined });
    try {
      const page = await lookUpEvents(sought.current, after);
      show({ events: [...known, ...page.events], next: page.next, loading: false, error: undefined });
    } catch (error) {
      show({ events: known, next: after, loading: false, error });
    }
  }, []);

  const asked = JSON.stringify(filters);
  useEffect(() => {
    sought.current = soughtBy(JSON.parse(asked), new Date());
    void load([], undefined);
  }, [asked, load, round]);

  const { events, loading, error, next } = state;
  return {
    events,
    loading,
    error,
    hasMore: next !== undefined,
    loadMore: () => load(events, next),
    reload: () => setRound(round + 1),
  };
}

import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { describe } from "#/api/refusal";

export interface Notify {
  /** Says that something was done. */
  success(message: ReactNode): void;
  info(message: ReactNode): void;
  warning(message: ReactNode): void;
  /** Says that something could not be done, and why, in the server's own words. */
  failure(what: string, error: unknown): void;
}

const NotifyContext = createContext<Notify | null>(null);
const ItemsContext = createContext<FlashbarProps.MessageDefinition[]>([]);
const MOST_SHOWN = 5;

let count = 0;

export function NotificationsProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<FlashbarProps.MessageDefinition[]>([]);

  const add = useCallback((type: FlashbarProps.Type, header: ReactNode, content?: ReactNode) => {
    count += 1;
    const id = String(count);
    const dismiss = () => setItems((shown) => shown.filter((item) => item.id !== id));
    const item = { id, type, header, content, dismissible: true, dismissLabel: "Dismiss", onDismiss: dismiss };
    setItems((shown) => [item, ...shown].slice(0, MOST_SHOWN));
  }, []);

  const notify = useMemo<Notify>(
    () => ({
      success: (message) => add("success", message),
      info: (message) => add("info", message),
      warning: (message) => add("warning", message),
      failure: (what, error) => add("error", what, describe(error).message),
    }),
    [add],
  );

  return (
    <NotifyContext.Provider value={notify}>
      <ItemsContext.Provider value={items}>{children}</ItemsContext.Provider>
    </NotifyContext.Provider>
  );
}

export function Notifications() {
  return <Flashbar stackItems items={useContext(ItemsContext)} />;
}

export function useNotify(): Notify {
  const notify = useContext(NotifyContext);
  if (notify === null) throw new Error("there are no notifications here");
  return notify;
}

import { createContext, useContext } from "react";
import type { SignInSession } from "#/api/signIn";

const Context = createContext<SignInSession | null>(null);

export const SessionProvider = Context.Provider;

const RefreshContext = createContext<() => void>(() => undefined);

export const SessionRefreshProvider = RefreshContext.Provider;

/** Returns what asks for the session's facts anew, when one of them has changed. */
export function useSessionRefresh(): () => void {
  return useContext(RefreshContext);
}

/** Who is signed in. Only what is inside of the frame may ask: there, somebody is. */
export function useSession(): SignInSession {
  const session = useContext(Context);
  if (session === null) throw new Error("nobody is signed in here");
  return session;
}

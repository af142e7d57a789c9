import Alert from "@cloudscape-design/components/alert";
import type { SignInSession } from "#/api/signIn";
import { RouterLink } from "#/parts/RouterLink";

/** Stays for as long as somebody works as the root user: that is for setting up others only. */
export function RootBanner({ session }: { session: SignInSession }) {
  return (
    <Alert type="error" statusIconAriaLabel="Warning">
      You are signed in as the <b>root user</b>, who can do everything and cannot be restricted. Use it to set up other
      users, then sign out.{" "}
      {session.mustSecure && <RouterLink to="/secure-account">Secure the account now: it has no MFA.</RouterLink>}
    </Alert>
  );
}

import AppLayout from "@cloudscape-design/components/app-layout";
import { Suspense, useEffect, useState } from "react";
import { Outlet, useLocation, useNavigate } from "react-router";
import { onSignedOut } from "#/api/clients";
import { currentSession, type SignInSession } from "#/api/signIn";
import { useLoad } from "#/api/useLoad";
import { Navigation } from "#/app/Navigation";
import { Notifications, NotificationsProvider } from "#/app/notifications";
import { RootBanner } from "#/app/RootBanner";
import { SessionProvider, SessionRefreshProvider } from "#/app/session";
import { Top } from "#/app/Top";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";

/** What is around every page of who is signed in; who is not is sent to the sign-in page. */
export function Frame() {
  const { value: answer, error, reload } = useLoad(currentSession, []);
  const location = useLocation();
  const navigate = useNavigate();
  const here = `${location.pathname}${location.search}`;
  const signedOut = answer !== undefined && !answer.signedIn;

  useEffect(() => {
    const leave = () => navigate(`/sign-in?next=${encodeURIComponent(here)}`, { replace: true });
    if (signedOut) leave();
    return onSignedOut(leave);
  }, [signedOut, here, navigate]);

  if (error && !answer) return <Failure what="The console could not be opened" error={error} />;
  if (!answer?.signedIn) return <Loading />;
  return (
    <SessionRefreshProvider value={reload}>
      <SignedIn session={answer.session} />
    </SessionRefreshProvider>
  );
}

function SignedIn({ session }: { session: SignInSession }) {
  const [navigationOpen, setNavigationOpen] = useState(window.innerWidth > 900);
  const { pathname } = useLocation();

  // A page that is gone to is read from its beginning.
  useEffect(() => {
    if (pathname) window.scrollTo(0, 0);
  }, [pathname]);

  return (
    <SessionProvider value={session}>
      <NotificationsProvider>
        <div id="frame-top">
          <Top session={session} />
          {session.principal.kind === "root" && <RootBanner session={session} />}
        </div>
        <AppLayout
          headerSelector="#frame-top"
          navigation={<Navigation />}
          navigationOpen={navigationOpen}
          onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
          notifications={<Notifications />}
          stickyNotifications
          toolsHide
          ariaLabels={{
            navigation: "Side navigation",
            navigationToggle: "Open navigation",
            navigationClose: "Close navigation",
            notifications: "Notifications",
          }}
          content={
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          }
        />
      </NotificationsProvider>
    </SessionProvider>
  );
}

import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { ostiary, type Session } from "#/api/ostiary";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { Failure } from "#/parts/Failure";
import { exact, Moment } from "#/parts/Moment";

const CLIENTS: Record<Session["Client"], string> = { console: "Console", "command-line": "Command line" };

/** Where somebody is signed in, and how to end it; one's own sign-ins when nobody is named. */
export function SignInSessions({ userName }: { userName?: string }) {
  const whose = userName === undefined ? {} : { UserName: userName };
  const loaded = useLoad(async () => (await ostiary("ListSignInSessions", whose)).Sessions, [userName]);
  const [ending, setEnding] = useState<Session[]>();
  const notify = useNotify();
  const sessions = loaded.value ?? [];
  const others = sessions.filter((session) => !session.Current);

  async function end(sessionsToEnd: Session[]) {
    for (const { SessionId } of sessionsToEnd) await ostiary("EndSignInSession", { ...whose, SessionId });
    setEnding(undefined);
    notify.success(sessionsToEnd.length === 1 ? "The sign-in was ended." : "The sign-ins were ended.");
    loaded.reload();
  }

  return (
    <>
      <Table<Session>
        items={sessions}
        trackBy="SessionId"
        loading={loaded.loading && !loaded.value}
        loadingText="Loading sign-in sessions"
        ariaLabels={{ tableLabel: "Sign-in sessions" }}
        columnDefinitions={[
          {
            id: "client",
            header: "Signed in to",
            isRowHeader: true,
            cell: (session) => (
              <SpaceBetween direction="horizontal" size="xs">
                {CLIENTS[session.Client]}
                {session.Current && <Badge color="blue">This session</Badge>}
              </SpaceBetween>
            ),
          },
          { id: "started", header: "Signed in", cell: (session) => <Moment at={moment(session.CreatedAt)} /> },
          { id: "used", header: "Last used", cell: (session) => <Moment at={moment(session.LastUsedAt)} /> },
          { id: "expires", header: "Expires", cell: (session) => exact(moment(session.ExpiresAt)) },
          {
            id: "mfa",
            header: "MFA",
            cell: ({ MfaAuthenticated }) =>
              MfaAuthenticated ? (
                <StatusIndicator type="success">Yes</StatusIndicator>
              ) : (
                <StatusIndicator type="warning">No</StatusIndicator>
              ),
          },
          { id: "address", header: "Source IP address", cell: ({ Address }) => Address },
          { id: "browser", header: "Browser or program", cell: ({ UserAgent }) => programOf(UserAgent) },
          {
            id: "end",
            header: "Actions",
            cell: (session) =>
              !session.Current && (
                <Button
                  variant="inline-link"
                  ariaLabel={`End the sign-in from ${session.Address}, ${programOf(session.UserAgent)}`}
                  onClick={() => setEnding([session])}
                >
                  End
                </Button>
              ),
          },
        ]}
        empty={
          loaded.error === undefined ? (
            <Box textAlign="center" color="inherit" padding="s">
              Not signed in anywhere.
            </Box>
          ) : (
            <Failure what="Sign-in sessions could not be listed" error={loaded.error} onRetry={loaded.reload} />
          )
        }
        header={
          <Header
            variant="h2"
            {...(loaded.value ? { counter: `(${sessions.length})` } : {})}
            description="Ending a sign-in signs out that browser or program at once, with all credentials that came of it."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="refresh"
                  ariaLabel="Refresh sign-in sessions"
                  loading={loaded.loading}
                  onClick={loaded.reload}
                />
                <Button disabled={others.length === 0} onClick={() => setEnding(others)}>
                  {others.length < sessions.length ? "End all others" : "End all"}
                </Button>
              </SpaceBetween>
            }
          >
            Sign-in sessions
          </Header>
        }
      />
      {ending && (
        <ConfirmDelete
          title={ending.length === 1 ? "End this sign-in?" : `End ${ending.length} sign-ins?`}
          button="End"
          onConfirm={() => end(ending)}
          onDismiss={() => setEnding(undefined)}
        >
          Who works there is signed out at once and has to sign in again.
        </ConfirmDelete>
      )}
    </>
  );
}

function moment(seconds: number): Date {
  return new Date(seconds * 1000);
}

const BROWSERS: [RegExp, string][] = [
  [/\bEdg\//, "Edge"],
  [/\bFirefox\//, "Firefox"],
  [/\b(Headless)?Chrom(e|ium)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/Windows/, "Windows"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];
const LONGEST = 60;

/** Returns what a user agent's long text says: the browser and its system where they are known. */
function programOf(userAgent: string): string {
  const known = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = known(BROWSERS);
  if (!browser) return userAgent.slice(0, LONGEST) || "-";
  const system = known(SYSTEMS);
  return system ? `${browser} on ${system}` : browser;
}

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { allDone, type Deeds } from "#/api/deeds";
import { DeedList } from "#/parts/DeedList";
import { SignInDetails } from "#/parts/SignInDetails";
import { SET_PASSWORD } from "./deeds";

interface Properties {
  name: string;
  password: string | undefined;
  deeds: Deeds;
}

/** What came of it: the password, this once, and what could not be done, to be tried again. */
export function Created({ name, password, deeds }: Properties) {
  const navigate = useNavigate();
  const [taken, setTaken] = useState(false);
  const [leavingFor, setLeavingFor] = useState<string>();
  const complete = allDone(deeds.outcomes);
  const hasPassword = deeds.outcomes.some(({ deed, state }) => deed.what === SET_PASSWORD && state === "done");

  function leave(path: string) {
    if (hasPassword && !taken) setLeavingFor(path);
    else navigate(path);
  }

  const userPath = `/users/${encodeURIComponent(name)}`;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={
            hasPassword
              ? "You can view and download the password now, and never again. A lost one can be replaced by a new one."
              : undefined
          }
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => leave(userPath)}>View user</Button>
              <Button variant="primary" onClick={() => leave("/users")}>
                Return to users list
              </Button>
            </SpaceBetween>
          }
        >
          {hasPassword ? "Retrieve password" : "User created"}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {complete ? (
          <Alert type="success" statusIconAriaLabel="Success">
            User {name} created successfully.
          </Alert>
        ) : (
          <Alert
            type="error"
            statusIconAriaLabel="Error"
            header={`User ${name} was created, but not all was done`}
            action={
              <Button loading={deeds.busy} onClick={() => void deeds.retry()}>
                Try again
              </Button>
            }
          >
            What is marked as failed was not done; the reasons are below. Nothing that was done is done again.
          </Alert>
        )}
        {hasPassword && password !== undefined && (
          <SignInDetails userName={name} password={password} onTaken={() => setTaken(true)} />
        )}
        <Container header={<Header variant="h2">What was done</Header>}>
          <DeedList outcomes={deeds.outcomes} label="What was done" />
        </Container>
      </SpaceBetween>
      {leavingFor !== undefined && (
        <Modal
          visible
          header="Continue without viewing or downloading the console password?"
          closeAriaLabel="Close"
          onDismiss={() => setLeavingFor(undefined)}
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" onClick={() => setLeavingFor(undefined)}>
                  Stay
                </Button>
                <Button variant="primary" onClick={() => navigate(leavingFor)}>
                  Continue
                </Button>
              </SpaceBetween>
            </Box>
          }
        >
          You haven't viewed or downloaded the password of {name}, and it is shown only here.
        </Modal>
      )}
    </ContentLayout>
  );
}

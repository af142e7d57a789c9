import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";

interface Properties {
  number: number;
  title: string;
  description: string;
  /** Undefined while that is not known. */
  done: boolean | undefined;
  children?: ReactNode;
}

/** One of the things to do for an account that is new. */
export function Task({ number, title, description, done, children }: Properties) {
  return (
    <Container
      header={
        <Header variant="h2" description={description} actions={<Status done={done} />}>
          {`${number}. ${title}`}
        </Header>
      }
    >
      {children}
    </Container>
  );
}

function Status({ done }: { done: boolean | undefined }) {
  if (done === undefined) return <StatusIndicator type="pending">Not known yet</StatusIndicator>;
  return done ? (
    <StatusIndicator type="success">Done</StatusIndicator>
  ) : (
    <StatusIndicator type="warning">To do</StatusIndicator>
  );
}

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

/** One card in the middle of an empty page, for who is not signed in yet. */
export function Door({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="door">
      <SpaceBetween size="l">
        <Box textAlign="center" fontSize="heading-xl" fontWeight="bold">
          <img className="mark" src="/console/favicon.svg" alt="" /> Ostiary
        </Box>
        <Container
          header={
            <Header variant="h1" description={description}>
              {title}
            </Header>
          }
        >
          {children}
        </Container>
      </SpaceBetween>
    </main>
  );
}

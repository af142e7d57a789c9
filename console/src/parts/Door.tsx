import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useEffect, useRef } from "react";

/** One card in the middle of an empty page, for who is not signed in yet. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLSpanElement>(null);

  // What had the focus went with the last step. Where the new one takes none, its title is read out.
  useEffect(() => {
    if (title && document.activeElement === document.body) heading.current?.focus();
  }, [title]);

  return (
    <main className="door">
      <SpaceBetween size="l">
        <Box textAlign="center" fontSize="heading-xl" fontWeight="bold">
          <img className="mark" src="/console/favicon.svg" alt="" /> Ostiary
        </Box>
        <Container
          header={
            <Header variant="h1">
              <span ref={heading} tabIndex={-1} className="door-title">
                {title}
              </span>
            </Header>
          }
        >
          {children}
        </Container>
      </SpaceBetween>
    </main>
  );
}

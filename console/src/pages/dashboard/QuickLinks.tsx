import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { RouterLink } from "#/parts/RouterLink";

const LINKS = [
  ["/security-credentials", "My security credentials", "Your password, access keys and MFA devices."],
  ["/why", "Why? Policy simulator", "Why somebody may do something, or may not."],
  ["/trail", "Event history", "Who did what, and who was refused."],
] as const;

export function QuickLinks() {
  return (
    <Container header={<Header variant="h2">Quick links</Header>}>
      <SpaceBetween size="m">
        {LINKS.map(([path, text, description]) => (
          <div key={path}>
            <RouterLink to={path} fontSize="heading-s">
              {text}
            </RouterLink>
            <Box color="text-body-secondary" fontSize="body-s">
              {description}
            </Box>
          </div>
        ))}
      </SpaceBetween>
    </Container>
  );
}

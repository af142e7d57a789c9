import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { RouterLink } from "#/parts/RouterLink";

/** What to do without the password. */
export function Forgotten({ isRoot }: { isRoot: boolean }) {
  if (!isRoot) {
    return (
      <ExpandableSection variant="footer" headerText="Forgotten your password?">
        Only an administrator of your account can give you a new one.
      </ExpandableSection>
    );
  }
  return (
    <ExpandableSection variant="footer" headerText="Forgotten the root password?">
      Whoever runs the server gets you a one-time code with <Box variant="code">ostiary root reset</Box>. With the code
      you <RouterLink to="/sign-in/root-reset">set a new password</RouterLink>.
    </ExpandableSection>
  );
}

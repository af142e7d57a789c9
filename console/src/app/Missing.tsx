import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import { RouterLink } from "#/parts/RouterLink";

export function Missing() {
  return (
    <ContentLayout header={<Header variant="h1">There is no such page</Header>}>
      <Box>
        Go on from the <RouterLink to="/">dashboard</RouterLink>.
      </Box>
    </ContentLayout>
  );
}

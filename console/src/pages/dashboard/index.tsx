import { GetAccountSummaryCommand } from "@aws-sdk/client-iam";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { iam } from "#/api/clients";
import { useLoad } from "#/api/useLoad";
import { AccountFacts } from "#/pages/dashboard/AccountFacts";
import { Governance } from "#/pages/dashboard/Governance";
import { QuickLinks } from "#/pages/dashboard/QuickLinks";
import { Recommendations } from "#/pages/dashboard/Recommendations";
import { Resources } from "#/pages/dashboard/Resources";

export default function Page() {
  const summary = useLoad(async () => (await iam.send(new GetAccountSummaryCommand({}))).SummaryMap ?? {}, []);
  return (
    <ContentLayout header={<Header variant="h1">IAM Dashboard</Header>}>
      <Grid gridDefinition={[{ colspan: { default: 12, m: 8 } }, { colspan: { default: 12, m: 4 } }]}>
        <SpaceBetween size="l">
          <Recommendations summary={summary} />
          <Governance />
          <Resources summary={summary} />
        </SpaceBetween>
        <SpaceBetween size="l">
          <AccountFacts />
          <QuickLinks />
        </SpaceBetween>
      </Grid>
    </ContentLayout>
  );
}

import Alert from "@cloudscape-design/components/alert";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLoad } from "#/api/useLoad";
import { ControlTable } from "#/pages/findings/ControlTable";
import { loadOverview } from "#/pages/findings/overview";
import { SeveritySummary } from "#/pages/findings/SeveritySummary";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";

/** The rules that the account is held to, and which of them fail. */
export default function Page() {
  const overview = useLoad(loadOverview, []);
  const { value, error, reload } = overview;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="The control rules of Security Hub, AWS Config and the CIS benchmark about IAM. The account is held to them after each change, and each hour."
        >
          Controls and findings
        </Header>
      }
    >
      {value === undefined && error !== undefined && (
        <Failure what="The findings could not be listed" error={error} onRetry={reload} />
      )}
      {value === undefined && error === undefined && <Loading />}
      {value && (
        <SpaceBetween size="l">
          {error !== undefined && <Failure what="The findings could not be listed anew" error={error} />}
          {value.evaluatedAt ? (
            <SeveritySummary overview={value} evaluatedAt={value.evaluatedAt} />
          ) : (
            <Alert type="info" statusIconAriaLabel="Info" buttonText="Look again" onButtonClick={reload}>
              The account has not been held to its controls yet. That takes a few seconds after the server starts.
            </Alert>
          )}
          {value.evaluatedAt && <ControlTable loaded={{ ...overview, value: value.rows }} />}
        </SpaceBetween>
      )}
    </ContentLayout>
  );
}

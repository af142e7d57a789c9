import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useParams } from "react-router";
import type { Control, Finding, SomeFindings } from "#/api/securityHub";
import { useLoad } from "#/api/useLoad";
import { FindingTable } from "#/pages/finding/FindingTable";
import { findControl, findingsOf } from "#/pages/finding/findings";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";
import { RouterLink } from "#/parts/RouterLink";
import { SeverityBadge } from "#/parts/SeverityBadge";

/** One control: what it is about, how to mend what fails, and what it says of each resource. */
export default function Page() {
  const { id = "" } = useParams();
  const [shown, setShown] = useState<string>("all");
  const { value, error, reload } = useLoad(() => findControl(id), [id]);
  const findings = useLoad<SomeFindings>((early) => findingsOf(id, shown, early), [id, shown]);
  const control = value?.control;

  if (error !== undefined) return <Failure what="The control could not be shown" error={error} onRetry={reload} />;
  if (value === undefined) return <Loading />;
  if (control === undefined) {
    return (
      <ContentLayout header={<Header variant="h1">There is no such control</Header>}>
        <Box>
          No control is called {id}. Go on from <RouterLink to="/findings">controls and findings</RouterLink>.
        </Box>
      </ContentLayout>
    );
  }
  const some = findings.value?.findings[0];
  return (
    <ContentLayout
      breadcrumbs={<RouterLink to="/findings">Controls and findings</RouterLink>}
      header={<Header variant="h1">{control.Title}</Header>}
    >
      <SpaceBetween size="l">
        <Broken finding={some} />
        <About control={control} some={some} />
        <FindingTable loaded={findings} shown={shown} onShow={setShown} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function About({ control, some }: { control: Control; some: Finding | undefined }) {
  const mend = some?.Remediation.Recommendation.Text;
  return (
    <Container header={<Header variant="h2">About this control</Header>}>
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={3}
          items={[
            { label: "Severity", value: <SeverityBadge severity={control.SeverityRating} /> },
            { label: "ID", value: control.SecurityControlId },
            {
              label: "Documentation",
              value: (
                <Link external externalIconAriaLabel="Opens in a new tab" href={control.RemediationUrl}>
                  AWS's advice
                </Link>
              ),
            },
          ]}
        />
        <KeyValuePairs
          columns={1}
          items={[
            { label: "What it checks", value: control.Description },
            ...(mend ? [{ label: "How to mend it", value: mend }] : []),
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

/** Says that what is shown may be out of date, where the control breaks. */
function Broken({ finding }: { finding: Finding | undefined }) {
  const [reason] = finding?.Compliance.StatusReasons ?? [];
  if (reason === undefined) return null;
  return (
    <Alert type="warning" statusIconAriaLabel="Warning" header="What is shown may be out of date">
      {reason.Description}
    </Alert>
  );
}

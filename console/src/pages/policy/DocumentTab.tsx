import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { getDocument } from "#/api/managedPolicies";
import { useLoad } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";
import { PolicyDocument } from "#/parts/PolicyDocument";
import { PolicySummary } from "#/parts/PolicySummary";

const VIEWS = [
  { id: "summary", text: "Summary" },
  { id: "json", text: "JSON" },
];
const TITLE = "Permissions defined in this policy";

/** What the version of a policy that is in force says. */
export function DocumentTab({ arn, version, own }: { arn: string; version: string; own: boolean }) {
  const navigate = useNavigate();
  const document = useLoad(() => getDocument(arn, version), [arn, version]);
  const [view, setView] = useState("summary");

  if (document.error !== undefined) {
    return <Failure what="The policy could not be shown" error={document.error} onRetry={document.reload} />;
  }
  if (document.value === undefined) return <Loading />;
  return (
    <SpaceBetween size="m">
      <Header
        variant="h2"
        description="The permissions in this document decide which actions are allowed or denied."
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <SegmentedControl
              label="How the policy is shown"
              options={VIEWS}
              selectedId={view}
              onChange={({ detail }) => setView(detail.selectedId)}
            />
            {own && <Button onClick={() => navigate(`/policies/${encodeURIComponent(arn)}/edit`)}>Edit</Button>}
          </SpaceBetween>
        }
      >
        {TITLE}
      </Header>
      {view === "summary" ? (
        <PolicySummary document={document.value} title="Services" />
      ) : (
        <Container>
          <PolicyDocument document={document.value} label={TITLE} />
        </Container>
      )}
    </SpaceBetween>
  );
}

import type { Policy } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { getPolicy } from "#/api/managedPolicies";
import { kindOfPolicy, nameOfPolicy } from "#/api/policies";
import { type Loaded, useLoad } from "#/api/useLoad";
import { DeletePolicy } from "#/pages/policy/DeletePolicy";
import { DocumentTab } from "#/pages/policy/DocumentTab";
import { EntitiesTab } from "#/pages/policy/EntitiesTab";
import { PolicyTags } from "#/pages/policy/PolicyTags";
import { VersionsTab } from "#/pages/policy/VersionsTab";
import { CopyText } from "#/parts/CopyText";
import { Failure } from "#/parts/Failure";
import { LastAccessedTab } from "#/parts/LastAccessedTab";
import { Loading } from "#/parts/Loading";
import { Moment } from "#/parts/Moment";
import { PageTabs } from "#/parts/PageTabs";

/** A managed policy: what it says, who has it, and how it came to be. */
export default function PolicyPage() {
  const { arn = "" } = useParams();
  const navigate = useNavigate();
  const policy = useLoad(() => getPolicy(arn), [arn]);
  const [deleting, setDeleting] = useState(false);
  const own = kindOfPolicy(arn) === "Customer managed";

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={policy.value?.Description}
          actions={own && <Button onClick={() => setDeleting(true)}>Delete</Button>}
        >
          {nameOfPolicy(arn)}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Policy details</Header>}>
          {policy.error !== undefined && (
            <Failure what="The policy could not be shown" error={policy.error} onRetry={policy.reload} />
          )}
          {policy.value ? <Details policy={policy.value} /> : policy.loading && <Loading />}
        </Container>
        <PageTabs
          label="Details of the policy"
          tabs={[
            {
              id: "permissions",
              label: "Permissions",
              content: <InForce policy={policy} arn={arn} own={own} />,
            },
            {
              id: "entities",
              label: "Entities attached",
              content: <EntitiesTab arn={arn} onChange={policy.reload} />,
            },
            ...(own ? [{ id: "tags", label: "Tags", content: <PolicyTags arn={arn} /> }] : []),
            {
              id: "versions",
              label: "Policy versions",
              content: <VersionsTab arn={arn} own={own} onChange={policy.reload} />,
            },
            { id: "last-accessed", label: "Last accessed", content: <LastAccessedTab arn={arn} /> },
          ]}
        />
      </SpaceBetween>
      {deleting && (
        <DeletePolicy arn={arn} onDone={() => void navigate("/policies")} onDismiss={() => setDeleting(false)} />
      )}
    </ContentLayout>
  );
}

function InForce({ policy, arn, own }: { policy: Loaded<Policy | undefined>; arn: string; own: boolean }) {
  const version = policy.value?.DefaultVersionId;
  if (version) return <DocumentTab arn={arn} version={version} own={own} />;
  return policy.loading ? <Loading /> : <Failure what="The policy could not be shown" error={policy.error} />;
}

function Details({ policy }: { policy: Policy }) {
  const { Arn = "", AttachmentCount = 0, PermissionsBoundaryUsageCount = 0 } = policy;
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: "Type", value: kindOfPolicy(Arn) },
        { label: "Creation time", value: <Moment at={policy.CreateDate} /> },
        { label: "Edited time", value: <Moment at={policy.UpdateDate} /> },
        { label: "ARN", value: <CopyText text={Arn} label="ARN" /> },
        { label: "Default version", value: policy.DefaultVersionId ?? "-" },
        {
          label: "Used as",
          value: `Permissions policy (${AttachmentCount}), permissions boundary (${PermissionsBoundaryUsageCount})`,
        },
      ]}
    />
  );
}

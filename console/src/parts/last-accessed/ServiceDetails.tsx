import type { PolicyGrantingServiceAccess, ServiceLastAccessed, TrackedActionLastAccessed } from "@aws-sdk/client-iam";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useLoad } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";
import { policiesGranting } from "#/parts/last-accessed/report";
import { Moment } from "#/parts/Moment";

interface Properties {
  arn: string;
  service: ServiceLastAccessed;
  onClose: () => void;
}

/** One service: which policies allow it, and which of its actions were used when. */
export function ServiceDetails({ arn, service, onClose }: Properties) {
  const granting = useLoad(() => policiesGranting(arn, service.ServiceNamespace ?? ""), [arn, service]);
  return (
    <Modal
      visible
      size="large"
      header={service.ServiceName}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="l">
        {granting.error !== undefined && (
          <Failure
            what="The policies that allow the service could not be listed"
            error={granting.error}
            onRetry={granting.reload}
          />
        )}
        {granting.value ? <Granting policies={granting.value} /> : granting.loading && <Loading />}
        <TrackedActions actions={service.TrackedActionsLastAccessed ?? []} />
      </SpaceBetween>
    </Modal>
  );
}

function Granting({ policies }: { policies: PolicyGrantingServiceAccess[] }) {
  return (
    <Table<PolicyGrantingServiceAccess>
      variant="embedded"
      header={<Header variant="h3">Policies granting permissions</Header>}
      items={policies}
      trackBy={(policy) => `${policy.PolicyArn ?? policy.EntityName}/${policy.PolicyName}`}
      ariaLabels={{ tableLabel: "Policies granting permissions" }}
      columnDefinitions={[
        { id: "name", header: "Policy name", cell: (policy) => policy.PolicyName, isRowHeader: true },
        { id: "type", header: "Type", cell: (policy) => (policy.PolicyType === "INLINE" ? "Inline" : "Managed") },
        { id: "of", header: "Attached to", cell: (policy) => policy.EntityName ?? "-" },
      ]}
      empty="No policy allows the service any more."
    />
  );
}

function TrackedActions({ actions }: { actions: TrackedActionLastAccessed[] }) {
  return (
    <Table<TrackedActionLastAccessed>
      variant="embedded"
      header={<Header variant="h3">Actions used</Header>}
      items={actions}
      trackBy={(action) => action.ActionName ?? ""}
      ariaLabels={{ tableLabel: "Actions used" }}
      columnDefinitions={[
        { id: "name", header: "Action", cell: (action) => action.ActionName, isRowHeader: true },
        {
          id: "accessed",
          header: "Last accessed",
          cell: (action) => <Moment at={action.LastAccessedTime} none="Not accessed in the tracking period" />,
        },
        { id: "region", header: "Region", cell: (action) => action.LastAccessedRegion ?? "-" },
      ]}
      empty="No action of the service is tracked."
    />
  );
}

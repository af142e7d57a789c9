import type { PolicyGeneration } from "@aws-sdk/client-accessanalyzer";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useLocation } from "react-router";
import type { Loaded } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";
import { exact, Moment } from "#/parts/Moment";
import { RouterLink } from "#/parts/RouterLink";

const STATES: Record<string, [StatusIndicatorProps.Type, string]> = {
  IN_PROGRESS: ["in-progress", "In progress"],
  SUCCEEDED: ["success", "Succeeded"],
  FAILED: ["error", "Failed"],
  CANCELED: ["stopped", "Canceled"],
};

/** The policies that were generated lately, each with the way to look at it again. */
export function GenerationTable({ loaded: { value, error, reload } }: { loaded: Loaded<PolicyGeneration[]> }) {
  const { pathname } = useLocation();
  if (error !== undefined && value === undefined) {
    return <Failure what="Earlier policies could not be listed" error={error} onRetry={reload} />;
  }
  return (
    <Table<PolicyGeneration>
      items={value ?? []}
      trackBy="jobId"
      loading={value === undefined}
      loadingText="Loading generated policies"
      ariaLabels={{ tableLabel: "Generated policies" }}
      header={
        <Header variant="h2" description="Kept for seven days." counter={value && `(${value.length})`}>
          Generated policies
        </Header>
      }
      empty={<Box textAlign="center">None was generated in the last seven days.</Box>}
      columnDefinitions={[
        {
          id: "started",
          header: "Started",
          isRowHeader: true,
          cell: ({ jobId = "", startedOn }) => (
            <RouterLink to={`${pathname}?job=${encodeURIComponent(jobId)}`}>
              {startedOn ? exact(startedOn) : jobId}
            </RouterLink>
          ),
        },
        {
          id: "state",
          header: "Status",
          cell: ({ status = "" }) => {
            const [type, text] = STATES[status] ?? ["pending", status];
            return <StatusIndicator type={type}>{text}</StatusIndicator>;
          },
        },
        { id: "ended", header: "Ended", cell: ({ completedOn }) => <Moment at={completedOn} /> },
      ]}
    />
  );
}

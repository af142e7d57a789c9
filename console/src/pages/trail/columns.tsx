import type { Event, Resource } from "@aws-sdk/client-cloudtrail";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { TableProps } from "@cloudscape-design/components/table";
import { recordOf } from "#/api/events";
import { RouterLink } from "#/parts/RouterLink";

export const COLUMNS: TableProps.ColumnDefinition<Event>[] = [
  {
    id: "name",
    header: "Event name",
    cell: ({ EventId = "", EventName }) => (
      <RouterLink to={`/trail/${encodeURIComponent(EventId)}`}>{EventName}</RouterLink>
    ),
    isRowHeader: true,
  },
  { id: "time", header: "Event time", cell: ({ EventTime }) => <EventMoment at={EventTime} /> },
  { id: "user", header: "User name", cell: ({ Username }) => Username ?? "-" },
  { id: "source", header: "Event source", cell: ({ EventSource }) => EventSource },
  { id: "error", header: "Error code", cell: (event) => <ErrorOf event={event} /> },
  {
    id: "resources",
    header: "Resource name",
    cell: ({ Resources = [] }) => shortNames(Resources) || "-",
  },
];

/** Returns the names of resources; one that an event names by its ARN too is there once. */
function shortNames(resources: Resource[]): string {
  const names = resources.map(({ ResourceName = "" }) =>
    ResourceName.startsWith("arn:") ? ResourceName.slice(ResourceName.lastIndexOf("/") + 1) : ResourceName,
  );
  return [...new Set(names)].join(", ");
}

/** A time to the second: events follow each other closely. */
export function EventMoment({ at }: { at: Date | undefined }) {
  if (at === undefined) return "-";
  return (
    <time dateTime={at.toISOString()}>{at.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" })}</time>
  );
}

function ErrorOf({ event }: { event: Event }) {
  const { errorCode, errorMessage } = recordOf(event);
  // What fails at the sign-in page has no code, as in AWS.
  const error = errorCode ?? errorMessage;
  return error ? <StatusIndicator type="error">{error}</StatusIndicator> : "-";
}

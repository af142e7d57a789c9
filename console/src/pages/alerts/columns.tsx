import Box from "@cloudscape-design/components/box";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { TableProps } from "@cloudscape-design/components/table";
import type { AlertDelivery, AlertShape } from "#/api/ostiary";
import { pageOfArn, shortNameOf } from "#/api/resourcePages";
import { ago, exact, Moment } from "#/parts/Moment";
import { RouterLink } from "#/parts/RouterLink";
import { SEVERITIES, SeverityBadge } from "#/parts/SeverityBadge";

const LOOKS: Record<AlertDelivery["Status"], StatusIndicatorProps.Type> = {
  pending: "pending",
  delivered: "success",
  failed: "error",
};

export const COLUMNS: TableProps.ColumnDefinition<AlertShape>[] = [
  {
    id: "time",
    header: "Time",
    cell: ({ CreatedAt }) => <Moment at={new Date(CreatedAt * 1000)} />,
    sortingComparator: (a, b) => b.CreatedAt - a.CreatedAt,
    minWidth: 110,
  },
  {
    id: "severity",
    header: "Severity",
    cell: ({ Severity }) => <SeverityBadge severity={Severity} />,
    sortingComparator: (a, b) => SEVERITIES.indexOf(a.Severity) - SEVERITIES.indexOf(b.Severity),
    minWidth: 110,
  },
  {
    id: "title",
    header: "Alert",
    isRowHeader: true,
    cell: ({ Title, Repeated }) => (
      <>
        {Title}
        {Repeated > 0 && <Box color="text-body-secondary">{`It happened ${Repeated} more times.`}</Box>}
      </>
    ),
    minWidth: 260,
  },
  { id: "kind", header: "Kind", cell: ({ Kind }) => Kind, sortingField: "Kind", minWidth: 140 },
  { id: "subject", header: "About", cell: (alert) => <About arn={alert.Subject} />, minWidth: 120 },
  {
    id: "event",
    header: "Event",
    cell: ({ EventId, Title }) =>
      EventId ? (
        <RouterLink to={`/trail/${encodeURIComponent(EventId)}`} ariaLabel={`Event of: ${Title}`}>
          Event
        </RouterLink>
      ) : (
        "-"
      ),
  },
  { id: "deliveries", header: "Sent to", cell: (alert) => <SentTo deliveries={alert.Deliveries} />, minWidth: 200 },
];

function About({ arn }: { arn: string | undefined }) {
  if (arn === undefined) return "-";
  const path = pageOfArn(arn);
  return <span title={arn}>{path ? <RouterLink to={path}>{shortNameOf(arn)}</RouterLink> : shortNameOf(arn)}</span>;
}

function SentTo({ deliveries }: { deliveries: AlertDelivery[] }) {
  if (deliveries.length === 0) return "-";
  return (
    <ul className="plain-list">
      {deliveries.map((delivery) => (
        <li key={delivery.Channel}>
          <StatusIndicator type={LOOKS[delivery.Status]}>
            {delivery.Channel}: {delivery.Status}
          </StatusIndicator>
          <Box fontSize="body-s" color="text-body-secondary">
            {detailOf(delivery)}
          </Box>
        </li>
      ))}
    </ul>
  );
}

/** Returns what else there is to say of sending an alert: when it came, or why not and how it goes on. */
function detailOf({ Status, Attempts, LastError, NextAttemptAt, DeliveredAt }: AlertDelivery): string {
  if (Status === "delivered") return DeliveredAt ? exact(new Date(DeliveredAt * 1000)) : "";
  const tried = Attempts > 0 ? `${Attempts} ${Attempts === 1 ? "attempt" : "attempts"}. ` : "";
  const next = NextAttemptAt ? `Next attempt: ${ago(new Date(NextAttemptAt * 1000))}. ` : "";
  return `${tried}${next}${LastError ?? ""}`;
}

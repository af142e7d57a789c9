import type { Event } from "@aws-sdk/client-cloudtrail";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { EventRecord } from "#/api/events";
import { EventMoment } from "#/pages/trail/columns";
import { CopyText } from "#/parts/CopyText";
import { RouterLink } from "#/parts/RouterLink";

/** What one looks for first in an event. */
export function EventFacts({ event, record }: { event: Event; record: EventRecord }) {
  const { Username, AccessKeyId, EventId = "" } = event;
  const pairs: KeyValuePairsProps.Pair[] = [
    { label: "Event time", value: <EventMoment at={event.EventTime} /> },
    { label: "User name", value: Username ? <Sought by="user" value={Username} /> : "-" },
    { label: "User type", value: record.userIdentity?.type ?? "-" },
    { label: "User ARN", value: record.userIdentity?.arn ?? "-" },
    { label: "Event source", value: event.EventSource ?? "-" },
    { label: "AWS region", value: record.awsRegion ?? "-" },
    { label: "AWS access key", value: AccessKeyId ? <Sought by="accessKey" value={AccessKeyId} /> : "-" },
    { label: "Source IP address", value: record.sourceIPAddress ?? "-" },
    { label: "Read-only", value: event.ReadOnly ?? "-" },
    { label: "Event ID", value: <CopyText text={EventId} label="event ID" /> },
    { label: "Request ID", value: record.requestID ?? "-" },
    { label: "Error code", value: <ErrorCode record={record} /> },
    ...(record.errorMessage ? [{ label: "Error message", value: record.errorMessage }] : []),
    { label: "User agent", value: record.userAgent || "-" },
  ];
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <KeyValuePairs columns={3} items={pairs} />
    </Container>
  );
}

/** A value that leads to all events that have it. */
function Sought({ by, value }: { by: string; value: string }) {
  return <RouterLink to={`/trail?${new URLSearchParams({ [by]: value })}`}>{value}</RouterLink>;
}

function ErrorCode({ record: { errorCode, errorMessage } }: { record: EventRecord }) {
  if (errorCode) return <StatusIndicator type="error">{errorCode}</StatusIndicator>;
  return errorMessage ? <StatusIndicator type="error">Failed</StatusIndicator> : "-";
}

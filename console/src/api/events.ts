import type { Event, LookupAttribute, LookupAttributeKey } from "@aws-sdk/client-cloudtrail";
import { cloudTrail } from "#/api/clients";

/** Which events are looked for. */
export interface Sought {
  attribute?: LookupAttribute;
  start?: Date;
  end?: Date;
}

/** An event as CloudTrail records it, as far as a page shows it piece by piece. */
export interface EventRecord {
  eventID?: string;
  eventSource?: string;
  eventName?: string;
  eventTime?: string;
  awsRegion?: string;
  sourceIPAddress?: string;
  userAgent?: string;
  errorCode?: string;
  errorMessage?: string;
  requestID?: string;
  readOnly?: boolean;
  userIdentity?: { type?: string; arn?: string; userName?: string; accessKeyId?: string };
}

export interface EventPage {
  events: Event[];
  /** Asks for the events before these; nothing when there are none. */
  next: string | undefined;
}

/** What events can be looked up by, as the addresses of pages have it. */
export const ATTRIBUTES: Record<string, { key: LookupAttributeKey; label: string }> = {
  readOnly: { key: "ReadOnly", label: "Read-only" },
  event: { key: "EventName", label: "Event name" },
  user: { key: "Username", label: "User name" },
  source: { key: "EventSource", label: "Event source" },
  resource: { key: "ResourceName", label: "Resource name" },
  resourceType: { key: "ResourceType", label: "Resource type" },
  accessKey: { key: "AccessKeyId", label: "AWS access key" },
  id: { key: "EventId", label: "Event ID" },
};

export const PAGE_SIZE = 50;
const MOST_ROUNDS = 20;

/** Returns the next page of the events that are looked for, the newest first.
 *
 * A page of CloudTrail's may have few events or none, and yet be followed by another. So it goes on until the page is
 * full; not for ever, as a long trail may have no more of them.
 */
export async function lookUpEvents(sought: Sought, after: string | undefined): Promise<EventPage> {
  const { LookupEventsCommand } = await import("@aws-sdk/client-cloudtrail");
  const client = await cloudTrail();
  const events: Event[] = [];
  let next = after;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const page = await client.send(
      new LookupEventsCommand({
        ...(sought.attribute ? { LookupAttributes: [sought.attribute] } : {}),
        ...(sought.start ? { StartTime: sought.start } : {}),
        ...(sought.end ? { EndTime: sought.end } : {}),
        ...(next ? { NextToken: next } : {}),
        MaxResults: PAGE_SIZE - events.length,
      }),
    );
    events.push(...(page.Events ?? []));
    next = page.NextToken;
    if (next === undefined || events.length >= PAGE_SIZE) break;
  }
  return { events, next };
}

/** Returns the event of an ID, or nothing when the trail has none. */
export async function findEvent(id: string): Promise<Event | undefined> {
  const { events } = await lookUpEvents({ attribute: { AttributeKey: "EventId", AttributeValue: id } }, undefined);
  return events[0];
}

/** Reads the whole of an event; what is no JSON tells nothing piece by piece. */
export function recordOf(event: Event): EventRecord {
  try {
    return JSON.parse(event.CloudTrailEvent ?? "{}");
  } catch {
    return {};
  }
}

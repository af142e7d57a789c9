import type { DateRangePickerProps } from "@cloudscape-design/components/date-range-picker";
import { ATTRIBUTES, type Sought } from "#/api/events";

/** What the page is asked to show, as its address has it: `?user=alice&last=1-day`. */
export interface Filters {
  /** One of `ATTRIBUTES`, or nothing for all events. */
  attribute: string;
  value: string;
  range: DateRangePickerProps.Value | null;
}

const UNITS = ["minute", "hour", "day", "week", "month"] as const;

export function readFilters(query: URLSearchParams): Filters {
  const range = readRange(query);
  const attribute = Object.keys(ATTRIBUTES).find((name) => query.has(name));
  if (attribute) return { attribute, value: query.get(attribute) ?? "", range };
  // Reads are many and change nothing, so they are left out until somebody asks for them.
  return query.has("all") ? { attribute: "", value: "", range } : { attribute: "readOnly", value: "false", range };
}

export function writeFilters({ attribute, value, range }: Filters): URLSearchParams {
  const query = new URLSearchParams(attribute && value ? { [attribute]: value } : { all: "" });
  if (range?.type === "relative") query.set("last", `${range.amount}-${range.unit}`);
  if (range?.type === "absolute") {
    query.set("from", range.startDate);
    query.set("to", range.endDate);
  }
  return query;
}

/** Returns what the server is asked for; relative times count from `now`. */
export function soughtBy({ attribute, value, range }: Filters, now: Date): Sought {
  const key = ATTRIBUTES[attribute]?.key;
  return {
    ...(key && value ? { attribute: { AttributeKey: key, AttributeValue: value } } : {}),
    ...(range?.type === "absolute" ? { start: new Date(range.startDate), end: new Date(range.endDate) } : {}),
    ...(range?.type === "relative" ? { start: before(now, range) } : {}),
  };
}

function readRange(query: URLSearchParams): DateRangePickerProps.Value | null {
  const [amount, unit] = (query.get("last") ?? "").split("-");
  const known = UNITS.find((name) => name === unit);
  if (known && Number(amount) > 0) return { type: "relative", amount: Number(amount), unit: known };
  const [startDate, endDate] = [query.get("from"), query.get("to")];
  const areTimes = [startDate, endDate].every((text) => !Number.isNaN(Date.parse(text ?? "")));
  return startDate && endDate && areTimes ? { type: "absolute", startDate, endDate } : null;
}

function before(now: Date, { amount, unit }: DateRangePickerProps.RelativeValue): Date {
  const start = new Date(now);
  if (unit === "month") start.setMonth(start.getMonth() - amount);
  else start.setTime(start.getTime() - amount * (MILLISECONDS[unit] ?? 0));
  return start;
}

const MILLISECONDS: Partial<Record<DateRangePickerProps.TimeUnit, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

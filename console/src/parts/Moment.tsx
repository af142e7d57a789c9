import Box from "@cloudscape-design/components/box";

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** Returns a time as `3 days ago`. */
export function ago(moment: Date, now: Date = new Date()): string {
  const seconds = (moment.getTime() - now.getTime()) / 1000;
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return RELATIVE.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 0 ? "in a moment" : "just now";
}

/** Returns a time as people write it, to the minute, in their own zone. */
export function exact(moment: Date): string {
  return moment.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

/** A time: how long ago, with the exact one where the pointer rests. */
export function Moment({ at, none = "-" }: { at: Date | undefined; none?: string }) {
  if (at === undefined) return <Box variant="span">{none}</Box>;
  return (
    <time dateTime={at.toISOString()} title={exact(at)}>
      {ago(at)}
    </time>
  );
}

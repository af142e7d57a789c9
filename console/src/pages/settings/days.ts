/** A number of days in a form: empty when there is no limit. */

/** Returns what is wrong with days that somebody typed; nothing when they are none, or in the range. */
export function daysProblem(text: string, least: number, most: number): string | undefined {
  const isGood = text === "" || (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most);
  return isGood ? undefined : `Enter a number from ${least} to ${most}, or nothing.`;
}

/** Returns a text as the service takes it: 0 takes a limit away. */
export function daysOf(text: string): number {
  return text === "" ? 0 : Number(text);
}

export function textOf(days: number | undefined): string {
  return days === undefined ? "" : String(days);
}

const UNITS: [string, number][] = [
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** Returns a number of seconds as people say it: `1 hour 30 minutes`. */
export function inWords(seconds: number): string {
  let left = seconds;
  const said: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) said.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
  }
  return said.join(" ");
}

const NAME = /^[A-Za-z0-9+=,.@_-]{1,64}$/;

export const DEVICE_NAME_RULE = "Maximum 64 characters. Use letters, numbers and + = , . @ - _ characters.";

/** Returns what is wrong with a device's name; undefined when nothing is. */
export function deviceNameProblem(name: string): string | undefined {
  if (name === "") return "Enter a name for the device.";
  return NAME.test(name) ? undefined : DEVICE_NAME_RULE;
}

import type { KeyType } from "#/api/catalogue";

/** The operators of conditions. Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */

const COMPARISONS = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];
const OF_TEXTS = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
];

const OPERATORS: Record<KeyType, string[]> = {
  String: OF_TEXTS,
  ARN: ["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike", ...OF_TEXTS],
  Numeric: COMPARISONS.map((each) => `Numeric${each}`),
  Date: COMPARISONS.map((each) => `Date${each}`),
  Bool: ["Bool"],
  IPAddress: ["IpAddress", "NotIpAddress"],
  Binary: ["BinaryEquals"],
};

/** How a condition looks at several values of a request. */
export const QUALIFIERS = ["", "ForAnyValue", "ForAllValues"] as const;
export type Qualifier = (typeof QUALIFIERS)[number];

/** Returns the operators that make sense for a key; whether a key is there at all can be asked of each. */
export function operatorsFor(type: KeyType): string[] {
  return [...OPERATORS[type], "Null"];
}

/** Tells what is wrong with a value; undefined when it can be compared so. Policy variables are left to the server. */
export function valueProblem(operator: string, value: string): string | undefined {
  if (value.includes("${")) return undefined;
  if (operator === "Bool" || operator === "Null") {
    return /^(true|false)$/i.test(value) ? undefined : `${value} is neither true nor false.`;
  }
  if (operator.startsWith("Numeric")) {
    return /^-?\d+(\.\d+)?$/.test(value) ? undefined : `${value} is not a number.`;
  }
  if (operator.startsWith("Date")) {
    return /^(\d+|\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?)$/.test(value)
      ? undefined
      : `${value} is not a date such as 2030-01-31T12:00:00Z.`;
  }
  if (operator.endsWith("IpAddress")) {
    return /^[0-9a-f.:]+(\/\d{1,3})?$/i.test(value)
      ? undefined
      : `${value} is not an address or a range such as 192.0.2.0/24.`;
  }
  if (operator.startsWith("Arn")) {
    return value === "*" || value.startsWith("arn:") ? undefined : `${value} is not an ARN.`;
  }
  return undefined;
}

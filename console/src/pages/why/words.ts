import type { Explanation, LayerFate, LayerName, Mismatch, Owner, PolicyFate, StatementFate } from "#/api/explanation";

/** The answer's parts in words. */

export const LAYERS: Record<LayerName, string> = {
  resource_control: "Resource control policies",
  service_control: "Service control policies",
  resource: "Resource-based policy",
  trust: "Role trust policy",
  boundary: "Permissions boundary",
  session: "Session policies",
  identity: "Identity-based policies",
};

const MOST_VALUES = 5;

/** Returns the answer in one line. */
export function headline(explanation: Explanation): string {
  const { decision, layer } = explanation;
  if (decision === "allowed") return "Allowed";
  const place = layer && LAYERS[layer].toLowerCase();
  if (decision === "implicitDeny")
    return `Denied: ${place ? `nothing allows it in the ${place}` : "nothing allows it"}`;
  const denying = explanation.layers.flatMap((each) =>
    each.policies.flatMap((policy) =>
      policy.statements.filter(isDenying).map((statement) => `policy ${policy.name}, ${statementName(statement)}`),
    ),
  );
  return `Denied: explicit deny in ${denying[0] ?? `the ${place}`}`;
}

export function statementName({ statement, sid }: StatementFate): string {
  return `statement ${statement + 1}${sid ? ` (${sid})` : ""}`;
}

/** Returns what a layer came to. */
export function layerOutcome(layer: LayerFate): string {
  const statements = layer.policies.flatMap(({ statements }) => statements);
  const acting = layer.policies.flatMap((policy) =>
    policy.statements
      .filter((statement) => (layer.says === "denies" ? isDenying(statement) : statement.applies))
      .map((statement) => `${statementName(statement)} of ${policy.name}`),
  );
  if (layer.says === "denies") return `Denies: ${some(acting)}`;
  if (layer.says === "allows") return `Allows: ${some(acting)}`;
  const silence = statements.length === 0 ? "there is none" : "no statement allows it";
  return layer.blocks ? `Does not allow: ${silence}` : `Has no say: ${silence}, and none has to`;
}

export function isDenying({ effect, applies }: StatementFate): boolean {
  return applies && effect === "Deny";
}

/** Returns where a policy comes from. */
export function originText({ origin }: PolicyFate): string {
  if (origin === undefined) return "";
  if (origin.type === "trust") return "Trust policy of the role";
  if (origin.type === "resource") return "Policy of the resource";
  const owners = origin.attached_to.map(ownerName).join(" and ");
  return origin.type === "inline" ? `Inline policy of ${owners}` : `Managed policy attached to ${owners}`;
}

/** Returns the page of a policy, if it has one. */
export function pathOf({ name, origin }: PolicyFate): string | undefined {
  if (origin?.type === "managed") return `/policies/${encodeURIComponent(origin.arn)}`;
  if (origin?.type === "trust")
    return `/roles/${encodeURIComponent(origin.arn.slice(origin.arn.lastIndexOf("/") + 1))}`;
  const owner = origin?.type === "inline" ? origin.attached_to[0] : undefined;
  if (owner === undefined) return undefined;
  // The server names an inline policy with whose it is.
  const own = name.slice(0, name.length - ` in ${ownerName(owner)}`.length);
  return `/${owner.type}s/${encodeURIComponent(owner.name)}/inline/${encodeURIComponent(own)}`;
}

/** Returns which element of a statement does not match. */
export function mismatchName({ reason, element, operator, key }: Mismatch): string {
  return reason === "condition" ? `Condition ${operator} ${key}` : (element ?? reason);
}

export function mismatchText({ expected, actual, undecided }: Mismatch): string {
  const has = actual === null ? "the request does not have it" : `the request has ${some([actual].flat())}`;
  return `expects ${some(expected)}; ${has}${undecided ? ", so it cannot be decided" : ""}.`;
}

/** Returns the first of some values, and how many more there are. */
export function some(values: string[]): string {
  const rest = values.length - MOST_VALUES;
  return `${values.slice(0, MOST_VALUES).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function ownerName({ type, name }: Owner): string {
  return `${type} ${name}`;
}

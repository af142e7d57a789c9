import type { PolicyPurpose } from "#/api/policyFindings";
import { isShape, type Json, type Statement, textsOf } from "#/parts/policy-editor/statement";

const ELEMENTS: Record<PolicyPurpose, Set<string>> = {
  identity: new Set(["Sid", "Effect", "Action", "Resource", "Condition"]),
  trust: new Set(["Sid", "Effect", "Principal", "Action", "Condition"]),
};

/** Tells why the visual editor cannot show a statement; undefined when it can, without losing anything. */
export function whyNotShown(statement: Json, purpose: PolicyPurpose): string | undefined {
  if (!isShape(statement)) return "It is not a JSON object.";
  const stranger = Object.keys(statement).find((name) => !ELEMENTS[purpose].has(name));
  if (stranger !== undefined) return `${stranger} can be edited as JSON only.`;
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") return "Its Effect is neither Allow nor Deny.";
  if (statement.Sid !== undefined && typeof statement.Sid !== "string") return "Its Sid is not a text.";
  if (!isCondition(statement.Condition)) return "Its Condition is not of the usual form.";
  const actions = textsOf(statement.Action);
  if (actions === undefined) return "Its Action is not a text or a list of texts.";
  if (!actions.every((action) => action === "*" || /^[^:]+:[^:]+$/.test(action))) {
    return "One of its actions is not of the form service:action.";
  }
  if (servicesOf(statement).length > 1) return "It has actions of several services.";
  if (purpose === "trust")
    return isPrincipal(statement.Principal) ? undefined : "Its Principal is not of the usual form.";
  return textsOf(statement.Resource) === undefined ? "Its Resource is not a text or a list of texts." : undefined;
}

/** Returns the prefixes of a statement's actions; of `*`, that itself. */
export function servicesOf(statement: Statement): string[] {
  const actions = textsOf(statement.Action) ?? [];
  return [...new Set(actions.map((action) => (action.split(":")[0] ?? "").toLowerCase()))];
}

/** Returns a statement for each of its services, which together say the same; undefined when that is not it. */
export function splitByService(statement: Json): Statement[] | undefined {
  if (!isShape(statement)) return undefined;
  const actions = textsOf(statement.Action);
  const services = servicesOf(statement);
  if (actions === undefined || services.length < 2) return undefined;
  return services.map((service, index) => ({
    ...statement,
    // No two statements may have the same ID.
    ...(typeof statement.Sid === "string" && index > 0 ? { Sid: `${statement.Sid}${index + 1}` } : {}),
    Action: actions.filter((action) => action.split(":")[0]?.toLowerCase() === service),
  }));
}

function isCondition(value: Json | undefined): boolean {
  if (value === undefined) return true;
  if (!isShape(value)) return false;
  return Object.values(value).every((keys) => isShape(keys) && Object.values(keys).every(isValue));
}

function isValue(value: Json): boolean {
  const values = Array.isArray(value) ? value : [value];
  return values.every((each) => ["string", "number", "boolean"].includes(typeof each));
}

function isPrincipal(value: Json | undefined): boolean {
  if (value === "*") return true;
  return isShape(value) && Object.values(value).every((each) => textsOf(each) !== undefined);
}

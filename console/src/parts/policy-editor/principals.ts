import { isShape, type Json, type Statement, textsOf } from "#/parts/policy-editor/statement";

/** Who a trust policy is about. */
export interface Principal {
  type: PrincipalType;
  value: string;
}

export type PrincipalType = "AWS" | "Service" | "Federated" | "CanonicalUser" | "*";

/** Returns whom a statement names; everybody is a type of its own. */
export function principalsOf(statement: Statement): Principal[] {
  const { Principal: principal } = statement;
  if (principal === "*") return [{ type: "*", value: "*" }];
  if (!isShape(principal)) return [];
  return Object.entries(principal).flatMap(([type, values]) =>
    (textsOf(values) ?? []).map((value) => ({ type: type as PrincipalType, value })),
  );
}

export function withPrincipal(statement: Statement, added: Principal): Statement {
  if (added.type === "*") return { ...statement, Principal: "*" };
  const before = principalsOf(statement).filter(({ type }) => type !== "*");
  const same = before.some(({ type, value }) => type === added.type && value === added.value);
  return written(statement, same ? before : [...before, added]);
}

export function withoutPrincipal(statement: Statement, index: number): Statement {
  return written(
    statement,
    principalsOf(statement).filter((_, place) => place !== index),
  );
}

/** One value of a type stands without a list. */
function written(statement: Statement, principals: Principal[]): Statement {
  const byType = new Map<string, string[]>();
  for (const { type, value } of principals) byType.set(type, [...(byType.get(type) ?? []), value]);
  const shape = Object.fromEntries(
    [...byType].map(([type, values]): [string, Json] => [type, values.length === 1 ? (values[0] as string) : values]),
  );
  return { ...statement, Principal: shape };
}

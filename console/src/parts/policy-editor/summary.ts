import { ACCESS_LEVELS, coversAction, type Service } from "#/api/catalogue";
import { conditionsOf, isShape, type Json, readPolicy, type Statement, textsOf } from "#/parts/policy-editor/statement";

/** What a policy says of one service; or of all, or all but some. */
export interface ServiceRow {
  effect: "Allow" | "Deny";
  /** Its prefix; `*` for all. */
  prefix: string;
  /** Patterns of actions, without the prefix. With `except`, those that are left out. */
  patterns: string[];
  except: boolean;
  resources: string;
  conditions: string;
}

/** Returns what a policy says, a row a service and effect; undefined when it cannot be read. */
export function summarize(document: string): ServiceRow[] | undefined {
  const policy = readPolicy(document);
  if (typeof policy === "string") return undefined;
  const rows = new Map<string, ServiceRow>();
  for (const row of policy.statements.flatMap(rowsOf)) {
    const key = `${row.effect} ${row.prefix} ${row.except}`;
    const before = rows.get(key);
    // What two statements leave out is not what both together do, so those stay apart.
    if (before === undefined) rows.set(key, row);
    else if (row.except) rows.set(`${key} ${rows.size}`, row);
    else rows.set(key, together(before, row));
  }
  return [...rows.values()].sort((a, b) => b.effect.localeCompare(a.effect) || a.prefix.localeCompare(b.prefix));
}

/** Returns how much of a service patterns of actions take in, by access level: `Full: List Limited: Read`. */
export function accessLevels(service: Service, patterns: string[]): string {
  const counted = ACCESS_LEVELS.map((level) => {
    const actions = service.actions.filter((action) => action.accessLevel === level);
    const taken = actions.filter(({ name }) => patterns.some((pattern) => coversAction(pattern, name)));
    return { level, all: actions.length, taken: taken.length };
  }).filter(({ all }) => all > 0);
  const full = counted.filter(({ all, taken }) => taken === all).map(({ level }) => level);
  const limited = counted.filter(({ all, taken }) => taken > 0 && taken < all).map(({ level }) => level);
  if (full.length === counted.length) return "Full access";
  if (full.length + limited.length === 0) return "None: there are no such actions";
  return [
    ...(full.length > 0 ? [`Full: ${full.join(", ")}`] : []),
    ...(limited.length > 0 ? [`Limited: ${limited.join(", ")}`] : []),
  ].join(" · ");
}

function rowsOf(statement: Json): ServiceRow[] {
  if (!isShape(statement) || (statement.Effect !== "Allow" && statement.Effect !== "Deny")) return [];
  const effect = statement.Effect;
  const about = { effect, resources: resourcesIn(statement), conditions: conditionsIn(statement) } as const;
  const excepted = textsOf(statement.NotAction);
  if (excepted) return [{ ...about, prefix: "*", patterns: excepted, except: true }];
  const byService = new Map<string, string[]>();
  for (const action of textsOf(statement.Action) ?? []) {
    const [prefix = "", pattern = "*"] = action.split(":");
    byService.set(prefix.toLowerCase(), [...(byService.get(prefix.toLowerCase()) ?? []), pattern]);
  }
  return [...byService].map(([prefix, patterns]) => ({ ...about, prefix, patterns, except: false }));
}

function together(a: ServiceRow, b: ServiceRow): ServiceRow {
  return {
    ...a,
    patterns: [...new Set([...a.patterns, ...b.patterns])],
    resources: a.resources === b.resources ? a.resources : "Multiple",
    conditions: a.conditions === b.conditions ? a.conditions : "Multiple",
  };
}

function resourcesIn(statement: Statement): string {
  const excepted = textsOf(statement.NotResource);
  if (excepted) return `All but ${excepted.join(", ")}`;
  const resources = textsOf(statement.Resource) ?? [];
  if (resources.includes("*")) return "All resources";
  return resources.length > 1 ? "Multiple" : (resources[0] ?? "-");
}

function conditionsIn(statement: Statement): string {
  const [first, ...more] = conditionsOf(statement);
  if (first === undefined) return "None";
  return more.length > 0 ? "Multiple" : `${first.key} ${first.operator} ${first.values.join(", ")}`;
}

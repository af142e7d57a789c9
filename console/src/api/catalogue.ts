/** What there is to build policies of: services, their actions, resource types and condition keys. Public facts. */

export const ACCESS_LEVELS = ["List", "Read", "Tagging", "Write", "Permissions management"] as const;
export type AccessLevel = (typeof ACCESS_LEVELS)[number];

export interface ServiceName {
  prefix: string;
  name: string;
}

export interface Action {
  /** Without the service's prefix. */
  name: string;
  accessLevel: AccessLevel;
  resourceTypes: { name: string; required: boolean }[];
  conditionKeys: string[];
  dependentActions: string[];
}

export interface ResourceType {
  name: string;
  /** With variables, such as `arn:${Partition}:s3:::${BucketName}`. */
  arn: string;
  conditionKeys: string[];
}

export type KeyType = "String" | "ARN" | "Numeric" | "Date" | "Bool" | "IPAddress" | "Binary";

export interface ConditionKey {
  name: string;
  type: KeyType;
  multivalued: boolean;
}

export interface Service extends ServiceName {
  actions: Action[];
  resourceTypes: ResourceType[];
  conditionKeys: ConditionKey[];
  globalConditionKeys: ConditionKey[];
}

const asked = new Map<string, Promise<unknown>>();

/** Lists the services by their names. */
export async function listServices(): Promise<ServiceName[]> {
  const { services } = await ask<{ services: ServiceName[] }>("services");
  return services.sort((a, b) => a.name.localeCompare(b.name));
}

/** Returns what is known of a service; undefined when there is none with that prefix. */
export function loadService(prefix: string): Promise<Service | undefined> {
  return ask<Service | undefined>(prefix.toLowerCase());
}

/** Tells whether a pattern of actions takes a name in; both are without the prefix.
 *
 * Other people write the patterns, so this takes no longer than both lengths multiplied, whatever they are.
 */
export function coversAction(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = name.toLowerCase();
  let at = 0;
  let place = 0;
  let star = -1;
  let resumed = 0;
  while (at < given.length) {
    if (wanted[place] === "*") {
      star = place;
      resumed = at;
      place += 1;
    } else if (wanted[place] === "?" || wanted[place] === given[at]) {
      place += 1;
      at += 1;
    } else if (star >= 0) {
      // The last star takes one character more.
      resumed += 1;
      at = resumed;
      place = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(place));
}

function ask<T>(name: string): Promise<T> {
  const kept = asked.get(name) as Promise<T> | undefined;
  if (kept) return kept;
  const asking = load<T>(name);
  asked.set(name, asking);
  // A failure is not kept: the next to ask may have more luck.
  asking.catch(() => asked.delete(name));
  return asking;
}

async function load<T>(name: string): Promise<T> {
  const response = await fetch(`/console/catalogue/${encodeURIComponent(name)}.json`);
  if (response.status === 404) return undefined as T;
  if (!response.ok) throw new Error(`The catalogue of services does not answer (${response.status}).`);
  return response.json();
}

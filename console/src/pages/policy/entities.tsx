import type { TableProps } from "@cloudscape-design/components/table";
import type { Entity } from "#/api/managedPolicies";
import { RouterLink } from "#/parts/RouterLink";

/** How those are shown that a policy is attached to. */

const WORDS: Record<Entity["kind"], string> = { user: "IAM user", group: "User group", role: "IAM role" };

export const KINDS = [
  { value: "", label: "All types" },
  ...Object.entries(WORDS).map(([value, label]) => ({ value, label })),
];

export const ENTITY_COLUMNS: TableProps.ColumnDefinition<Entity>[] = [
  {
    id: "name",
    header: "Entity name",
    isRowHeader: true,
    sortingField: "name",
    cell: ({ kind, name }) => <RouterLink to={`/${kind}s/${encodeURIComponent(name)}`}>{name}</RouterLink>,
  },
  { id: "kind", header: "Entity type", sortingField: "kind", cell: ({ kind }) => WORDS[kind] },
];

/** Users, groups and roles may have the same name. */
export function keyOf({ kind, name }: Entity): string {
  return `${kind} ${name}`;
}

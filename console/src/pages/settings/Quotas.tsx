import type { TableProps } from "@cloudscape-design/components/table";
import type { Loaded } from "#/api/useLoad";
import { type QuotaRow, quotaRows } from "#/pages/settings/quota";
import { EntityTable } from "#/parts/EntityTable";

const COLUMNS: TableProps.ColumnDefinition<QuotaRow>[] = [
  { id: "name", header: "Resource", cell: (row) => row.name, sortingField: "name", isRowHeader: true },
  { id: "used", header: "Used", cell: (row) => written(row.used), sortingComparator: by((row) => row.used) },
  { id: "quota", header: "Quota", cell: (row) => written(row.quota), sortingComparator: by((row) => row.quota) },
];

/** How much the account has of what it may have. */
export function Quotas({ summary }: { summary: Loaded<Record<string, number>> }) {
  return (
    <EntityTable<QuotaRow>
      title="Quotas"
      noun="quota"
      description="Whoever runs the server can raise some of them with ostiary quota."
      variant="container"
      headingTag="h2"
      loaded={{ ...summary, value: summary.value && quotaRows(summary.value) }}
      columns={COLUMNS}
      trackBy={(row) => row.name}
      textOf={(row) => row.name}
    />
  );
}

function written(count: number | undefined): string {
  return count === undefined ? "-" : count.toLocaleString("en-US");
}

function by(count: (row: QuotaRow) => number | undefined): (a: QuotaRow, b: QuotaRow) => number {
  return (a, b) => (count(a) ?? -1) - (count(b) ?? -1);
}

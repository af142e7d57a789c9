import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import type { TableProps } from "@cloudscape-design/components/table";
import { type ReactNode, useMemo } from "react";
import { listServices, loadService } from "#/api/catalogue";
import { describe } from "#/api/refusal";
import { useLoad } from "#/api/useLoad";
import { EntityTable } from "#/parts/EntityTable";
import { accessLevels, type ServiceRow, summarize } from "#/parts/policy-editor/summary";

/** What a policy allows and denies, a row a service. */
export function PolicySummary({ document, title }: { document: string; title: string }) {
  const rows = useMemo(() => summarize(document), [document]);
  const { value: services } = useLoad(listServices, []);
  if (rows === undefined) {
    return (
      <Alert type="info" statusIconAriaLabel="Info">
        This policy can be shown as JSON only.
      </Alert>
    );
  }
  const names = new Map(services?.map(({ prefix, name }) => [prefix, name]));
  const nameOf = ({ prefix, except }: ServiceRow) => {
    if (prefix !== "*") return names.get(prefix) ?? prefix;
    return except ? "All services, with exceptions" : "All services";
  };
  return (
    <EntityTable<ServiceRow>
      title={title}
      noun="service"
      variant="container"
      headingTag="h3"
      preferencesKey="policy-summary"
      loaded={{ value: rows, error: undefined, loading: false }}
      wrapLines
      trackBy={(row) => `${row.effect} ${row.prefix} ${row.patterns.join()}`}
      textOf={(row) => `${row.prefix} ${nameOf(row)}`}
      columns={columnsOf(nameOf)}
    />
  );
}

function columnsOf(nameOf: (row: ServiceRow) => string): TableProps.ColumnDefinition<ServiceRow>[] {
  return [
    {
      id: "service",
      header: "Service",
      isRowHeader: true,
      cell: nameOf,
      sortingComparator: (a, b) => nameOf(a).localeCompare(nameOf(b)),
    },
    {
      id: "effect",
      header: "Effect",
      sortingField: "effect",
      cell: ({ effect }) => (effect === "Deny" ? <Box color="text-status-error">Explicit deny</Box> : <Box>Allow</Box>),
    },
    { id: "level", header: "Access level", cell: (row) => <Levels row={row} /> },
    { id: "resource", header: "Resource", cell: ({ resources }) => resources },
    { id: "condition", header: "Request condition", cell: ({ conditions }) => conditions },
  ];
}

function Levels({ row: { prefix, patterns, except } }: { row: ServiceRow }): ReactNode {
  const { value, error, loading } = useLoad(async () => (prefix === "*" ? undefined : loadService(prefix)), [prefix]);
  if (except) return `All actions but ${patterns.join(", ")}`;
  if (prefix === "*") return "Full access";
  if (error !== undefined) return describe(error).message;
  if (value) return accessLevels(value, patterns);
  return loading ? <Spinner /> : patterns.join(", ");
}

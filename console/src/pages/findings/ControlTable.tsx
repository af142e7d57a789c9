import Select from "@cloudscape-design/components/select";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { TableProps } from "@cloudscape-design/components/table";
import { useSearchParams } from "react-router";
import type { Loaded } from "#/api/useLoad";
import { type ControlRow, rankOf, STATES, type State, total } from "#/pages/findings/overview";
import { EntityTable } from "#/parts/EntityTable";
import { RouterLink } from "#/parts/RouterLink";
import { SEVERITIES, SeverityBadge, severityName } from "#/parts/SeverityBadge";

const ANY_SEVERITY = { value: "", label: "All severities" };
const ANY_STATE = { value: "", label: "All controls" };
const OF_STATES = [ANY_STATE, ...Object.entries(STATES).map(([value, label]) => ({ value, label }))];
const OF_SEVERITIES = [
  ANY_SEVERITY,
  { value: "CRITICAL,HIGH", label: "Critical and high" },
  ...SEVERITIES.slice(0, 4).map((value) => ({ value, label: severityName(value) })),
];
const LOOKS: Record<State, StatusIndicatorProps.Type> = {
  failing: "error",
  suppressed: "stopped",
  unknown: "warning",
  well: "success",
};
const STATE_ORDER = Object.keys(STATES);

const COLUMNS: TableProps.ColumnDefinition<ControlRow>[] = [
  {
    id: "severity",
    header: "Severity",
    cell: ({ control }) => <SeverityBadge severity={control.SeverityRating} />,
    sortingComparator: byGravity,
    minWidth: 110,
  },
  {
    id: "title",
    header: "Control",
    isRowHeader: true,
    cell: ({ control: { SecurityControlId: id, Title } }) => (
      <RouterLink to={`/findings/${encodeURIComponent(id)}`}>{Title}</RouterLink>
    ),
    sortingComparator: (a, b) => a.control.Title.localeCompare(b.control.Title),
    minWidth: 260,
  },
  {
    id: "state",
    header: "Status",
    cell: ({ state }) => <StatusIndicator type={LOOKS[state]}>{STATES[state]}</StatusIndicator>,
    sortingComparator: (a, b) => STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state),
    minWidth: 140,
  },
  {
    id: "failed",
    header: "Failing",
    cell: (row) => total([row], ({ failed }) => failed),
    sortingComparator: (a, b) => b.failed - a.failed,
  },
  {
    id: "suppressed",
    header: "Suppressed",
    cell: (row) => total([row], ({ suppressed }) => suppressed),
    sortingComparator: (a, b) => b.suppressed - a.suppressed,
  },
  {
    id: "id",
    header: "ID",
    cell: ({ control }) => control.SecurityControlId,
    sortingComparator: (a, b) =>
      a.control.SecurityControlId.localeCompare(b.control.SecurityControlId, "en", { numeric: true }),
    minWidth: 120,
  },
];

/** All controls, the gravest that fail first; which of them are shown stands in the address. */
export function ControlTable({ loaded }: { loaded: Loaded<ControlRow[]> }) {
  const [query, setQuery] = useSearchParams();
  const severity = query.get("severity") ?? "";
  const state = query.get("state") ?? "";
  const shown = loaded.value?.filter(
    (row) =>
      (severity === "" || severity.split(",").includes(row.control.SeverityRating)) &&
      (state === "" || row.state === state),
  );
  const choose = (name: string, value: string | undefined) =>
    setQuery((before) => {
      const after = new URLSearchParams(before);
      if (value) after.set(name, value);
      else after.delete(name);
      return after;
    });

  return (
    <EntityTable<ControlRow>
      title="Controls"
      noun="control"
      variant="container"
      headingTag="h2"
      wrapLines
      loaded={{ ...loaded, value: shown }}
      columns={COLUMNS}
      trackBy={({ control }) => control.SecurityControlId}
      textOf={({ control }) => `${control.SecurityControlId} ${control.Title} ${control.Description}`}
      filters={
        <>
          <Select
            ariaLabel="Severity"
            options={OF_SEVERITIES}
            selectedOption={OF_SEVERITIES.find(({ value }) => value === severity) ?? ANY_SEVERITY}
            onChange={({ detail }) => choose("severity", detail.selectedOption.value)}
          />
          <Select
            ariaLabel="Status"
            options={OF_STATES}
            selectedOption={OF_STATES.find(({ value }) => value === state) ?? ANY_STATE}
            onChange={({ detail }) => choose("state", detail.selectedOption.value)}
          />
        </>
      }
    />
  );
}

/** Orders what fails before what does not, and then the graver first. */
function byGravity(a: ControlRow, b: ControlRow): number {
  const failing = Number(b.state === "failing") - Number(a.state === "failing");
  return failing || rankOf(a.control.SeverityRating) - rankOf(b.control.SeverityRating) || b.failed - a.failed;
}

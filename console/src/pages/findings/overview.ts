import { type Control, type Finding, listControls, listFindings, other } from "#/api/securityHub";
import { SEVERITIES } from "#/parts/SeverityBadge";

/** More than these are not counted one by one, but said to be more. */
const MOST = 1000;

export const STATES = {
  failing: "Failing",
  suppressed: "Suppressed",
  unknown: "Not known",
  well: "Nothing fails",
} as const;

export type State = keyof typeof STATES;

/** A control, and how many resources it says what of. */
export interface ControlRow {
  control: Control;
  state: State;
  failed: number;
  suppressed: number;
  /** There may be more of each than that. */
  isMore: boolean;
}

export interface Overview {
  rows: ControlRow[];
  /** Nothing before the account is first held to the controls. */
  evaluatedAt: Date | undefined;
}

export async function loadOverview(): Promise<Overview> {
  const [controls, latest, open] = await Promise.all([
    listControls(),
    listFindings({}, [], 1),
    listFindings({ ComplianceStatus: other("PASSED") }, [{ Field: "SeverityLabel", SortOrder: "desc" }], MOST),
  ]);
  const [any] = latest.findings;
  const last = open.hasMore ? open.findings.at(-1) : undefined;
  const findingsOf = (id: string) => open.findings.filter(({ Compliance }) => Compliance.SecurityControlId === id);
  return {
    rows: controls.map((control) => countedRow(control, findingsOf(control.SecurityControlId), last)),
    evaluatedAt: any && new Date(any.LastObservedAt),
  };
}

function isFailing({ Compliance, Workflow }: Finding): boolean {
  return Compliance.Status === "FAILED" && Workflow.Status !== "SUPPRESSED";
}

function isSuppressed({ Workflow }: Finding): boolean {
  return Workflow.Status === "SUPPRESSED";
}

/** Returns a row of what was listed; what is as grave as the last that was, or less, may go on beyond it. */
function countedRow(control: Control, findings: Finding[], last: Finding | undefined): ControlRow {
  const failed = findings.filter(isFailing).length;
  const suppressed = findings.filter(isSuppressed).length;
  const isMore = last !== undefined && rankOf(control.SeverityRating) >= rankOf(last.Severity.Label);
  const isClear = findings.length === suppressed && !isMore;
  const state = failed > 0 ? "failing" : !isClear ? "unknown" : suppressed > 0 ? "suppressed" : "well";
  return { control, state, failed, suppressed, isMore };
}

export function rankOf(severity: string): number {
  return SEVERITIES.indexOf(severity);
}

/** Returns how many rows have in all, as `12` or `12+`. */
export function total(rows: ControlRow[], count: (row: ControlRow) => number): string {
  const sum = rows.reduce((before, row) => before + count(row), 0);
  return `${sum.toLocaleString("en")}${rows.some(({ isMore }) => isMore) ? "+" : ""}`;
}

import {
  type Control,
  equal,
  type Finding,
  listControls,
  listFindings,
  other,
  type SomeFindings,
} from "#/api/securityHub";

/** More than these are said to be more. */
export const MOST = 1000;

export const STATES = {
  FAILED: "Failed",
  SUPPRESSED: "Suppressed",
  NOT_AVAILABLE: "Not known",
  PASSED: "Passed",
} as const;

export type State = keyof typeof STATES;

export const CHOICES = [
  { value: "all", label: "All resources" },
  { value: "FAILED", label: "Failed" },
  { value: "SUPPRESSED", label: "Suppressed" },
  { value: "PASSED", label: "Passed" },
] as const;

/** Returns what a control says of resources, those that fail first. */
export function findingsOf(control: string, shown: string, early: (found: SomeFindings) => void) {
  const filters = {
    ComplianceSecurityControlId: equal(control),
    ...(shown === "FAILED" || shown === "PASSED"
      ? { ComplianceStatus: equal(shown), WorkflowStatus: other("SUPPRESSED") }
      : {}),
    ...(shown === "SUPPRESSED" ? { WorkflowStatus: equal("SUPPRESSED") } : {}),
  };
  return listFindings(filters, [{ Field: "ComplianceStatus", SortOrder: "asc" }], MOST, early);
}

/** Returns a control by its ID, or nothing when there is none. */
export async function findControl(id: string): Promise<{ control: Control | undefined }> {
  return { control: (await listControls()).find(({ SecurityControlId }) => SecurityControlId === id) };
}

export function stateOf({ Compliance, Workflow }: Finding): State {
  return Workflow.Status === "SUPPRESSED" ? "SUPPRESSED" : Compliance.Status;
}

export function resourceOf({ Resources }: Finding): string {
  return Resources[0]?.Id ?? "";
}

/** Returns what the control found, in a sentence. */
export function reasonOf({ ProductFields }: Finding): string {
  const reason = ProductFields["aws/securityhub/annotation"] ?? "";
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

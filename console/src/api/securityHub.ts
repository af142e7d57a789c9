import { callSigned } from "#/api/signed";

/** Security Hub's operations. AWS's client for them weighs more than all of this page, as it knows every finding there is. */

export type Severity = "CRITICAL" | "HIGH" | "MEDIUM" | "LOW" | "INFORMATIONAL";
export type Workflow = "NEW" | "NOTIFIED" | "SUPPRESSED" | "RESOLVED";

/** What a control is about. */
export interface Control {
  SecurityControlId: string;
  Title: string;
  Description: string;
  RemediationUrl: string;
  SeverityRating: Severity;
}

/** What a control says of one resource, in the AWS Security Finding Format, as far as pages show it. */
export interface Finding {
  Id: string;
  ProductArn: string;
  Title: string;
  Description: string;
  FirstObservedAt: string;
  LastObservedAt: string;
  /** When it last became another. */
  UpdatedAt: string;
  Severity: { Label: Severity };
  Remediation: { Recommendation: { Text: string; Url: string } };
  ProductFields: Record<string, string>;
  Resources: { Type: string; Id: string }[];
  Compliance: {
    Status: "PASSED" | "FAILED" | "NOT_AVAILABLE";
    SecurityControlId: string;
    StatusReasons?: { ReasonCode: string; Description: string }[];
  };
  Workflow: { Status: Workflow };
  Note?: { Text: string; UpdatedBy: string; UpdatedAt: string };
}

export interface FindingRecord {
  UpdateTime: string;
  FindingCreated: boolean;
  UpdateSource: { Type: string; Identity: string };
  Updates: { UpdatedField: string; OldValue?: string; NewValue?: string }[];
}

interface TextFilter {
  Value: string;
  Comparison: "EQUALS" | "NOT_EQUALS";
}

/** All of what is named must hold; of each, one of the values. */
export type FindingFilters = Partial<
  Record<
    "ComplianceStatus" | "ComplianceSecurityControlId" | "SeverityLabel" | "WorkflowStatus" | "RecordState",
    TextFilter[]
  >
>;

export interface SomeFindings {
  findings: Finding[];
  /** There are others, that were not asked for. */
  hasMore: boolean;
}

const AT_ONCE = 100;

/** Returns the account's findings about what there still is.
 *
 * @param most how many are enough.
 * @param early is told what there is so far.
 */
export async function listFindings(
  filters: FindingFilters,
  sortedBy: { Field: string; SortOrder: "asc" | "desc" }[],
  most: number,
  early?: (found: SomeFindings) => void,
): Promise<SomeFindings> {
  const findings: Finding[] = [];
  let next: string | undefined;
  do {
    const page: { Findings: Finding[]; NextToken?: string } = await ask("POST", "/findings", {
      Filters: { RecordState: equal("ACTIVE"), ...filters },
      ...(sortedBy.length > 0 ? { SortCriteria: sortedBy } : {}),
      MaxResults: Math.min(AT_ONCE, most - findings.length),
      ...(next ? { NextToken: next } : {}),
    });
    findings.push(...page.Findings);
    next = page.NextToken;
    if (next) early?.({ findings: [...findings], hasMore: true });
  } while (next && findings.length < most);
  return { findings, hasMore: next !== undefined };
}

/** Returns a filter that lets these values through. */
export function equal(...values: string[]): TextFilter[] {
  return values.map((Value) => ({ Value, Comparison: "EQUALS" }));
}

/** Returns a filter that lets all but a value through. */
export function other(value: string): TextFilter[] {
  return [{ Value: value, Comparison: "NOT_EQUALS" }];
}

/** Returns all controls that there are. */
export async function listControls(): Promise<Control[]> {
  const controls: Control[] = [];
  let next: string | undefined;
  do {
    const page: { SecurityControlDefinitions: Control[]; NextToken?: string } = await callSigned({
      service: "securityhub",
      method: "GET",
      path: "/securityControls/definitions",
      query: { MaxResults: String(AT_ONCE), ...(next ? { NextToken: next } : {}) },
    });
    controls.push(...page.SecurityControlDefinitions);
    next = page.NextToken;
  } while (next);
  return controls;
}

/** Says of findings that they are to be let be, or are not any more; whoever reads them is told by whom.
 *
 * @param by the ARN of who says so.
 */
export async function setWorkflow(findings: Finding[], status: Workflow, note: string, by: string): Promise<void> {
  for (let start = 0; start < findings.length; start += AT_ONCE) {
    const some = findings.slice(start, start + AT_ONCE);
    const { UnprocessedFindings: [refused] = [] } = await ask<{
      UnprocessedFindings?: { ErrorMessage: string }[];
    }>("PATCH", "/findings/batchupdate", {
      FindingIdentifiers: some.map(({ Id, ProductArn }) => ({ Id, ProductArn })),
      Workflow: { Status: status },
      Note: { Text: note, UpdatedBy: by },
    });
    if (refused) throw new Error(refused.ErrorMessage);
  }
}

/** Returns what changed of a finding, the latest first. */
export async function findingHistory({ Id, ProductArn }: Finding): Promise<FindingRecord[]> {
  const records: FindingRecord[] = [];
  let next: string | undefined;
  do {
    const page: { Records: FindingRecord[]; NextToken?: string } = await ask("POST", "/findingHistory/get", {
      FindingIdentifier: { Id, ProductArn },
      MaxResults: AT_ONCE,
      ...(next ? { NextToken: next } : {}),
    });
    records.push(...page.Records);
    next = page.NextToken;
  } while (next);
  return records;
}

function ask<Answer>(method: "POST" | "PATCH", path: string, body: object): Promise<Answer> {
  return callSigned<Answer>({ service: "securityhub", method, path, body });
}

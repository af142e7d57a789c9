import type { ValidatePolicyFinding } from "@aws-sdk/client-accessanalyzer";
import { jsonLanguage } from "@codemirror/lang-json";
import { accessAnalyzer } from "#/api/clients";
import { isJson } from "#/api/policyDocuments";

export type Severity = "ERROR" | "SECURITY_WARNING" | "WARNING" | "SUGGESTION";

/** Who a policy is for: it says what an identity may do, or who may take on a role. */
export type PolicyPurpose = "identity" | "trust";

/** One thing to be said about a policy, and the stretch of its text that it is about. */
export interface Finding {
  severity: Severity;
  code: string;
  message: string;
  /** Offsets into the text. */
  from: number;
  to: number;
  /** Both counted from 1, as editors show them. */
  line: number;
  column: number;
  learnMore?: string;
}

const PAGE_SIZE = 1000;
const DOCUMENTATION = "https://docs.aws.amazon.com/";

/** Asks IAM Access Analyzer what there is to say about a policy. */
export async function askFindings(document: string, purpose: PolicyPurpose): Promise<Finding[]> {
  const { ValidatePolicyCommand } = await import("@aws-sdk/client-accessanalyzer");
  const analyzer = await accessAnalyzer();
  const findings: Finding[] = [];
  let nextToken: string | undefined;
  do {
    const page = await analyzer.send(
      new ValidatePolicyCommand({
        policyDocument: document,
        maxResults: PAGE_SIZE,
        ...(nextToken ? { nextToken } : {}),
        ...(purpose === "trust"
          ? { policyType: "RESOURCE_POLICY", validatePolicyResourceType: "AWS::IAM::AssumeRolePolicyDocument" }
          : { policyType: "IDENTITY_POLICY" }),
      }),
    );
    findings.push(...(page.findings ?? []).map(readFinding));
    nextToken = page.nextToken;
  } while (nextToken);
  return findings;
}

/** Finds the place where a text stops being JSON, without asking anybody. */
export function findSyntaxError(text: string): Finding | undefined {
  if (isJson(text)) return undefined;
  const from = firstError(text);
  const before = text.slice(0, from).split("\n");
  return {
    severity: "ERROR",
    code: "JSON_SYNTAX_ERROR",
    message: text.trim() === "" ? "The policy is empty." : "This is not valid JSON.",
    from,
    to: Math.min(from + 1, text.length),
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  };
}

function firstError(text: string): number {
  const cursor = jsonLanguage.parser.parse(text).cursor();
  do {
    if (cursor.type.isError) return cursor.from;
  } while (cursor.next());
  return 0;
}

function readFinding(finding: ValidatePolicyFinding): Finding {
  const span = finding.locations?.[0]?.span;
  const link = finding.learnMoreLink ?? "";
  return {
    severity: finding.findingType as Severity,
    code: finding.issueCode ?? "",
    message: finding.findingDetails ?? "",
    from: span?.start?.offset ?? 0,
    to: span?.end?.offset ?? 0,
    line: span?.start?.line ?? 1,
    column: (span?.start?.column ?? 0) + 1,
    ...(link.startsWith(DOCUMENTATION) ? { learnMore: link } : {}),
  };
}

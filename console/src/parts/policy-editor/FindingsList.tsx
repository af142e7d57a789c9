import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import type { Finding, Severity } from "#/api/policyFindings";
import { Failure } from "#/parts/Failure";
import type { PolicyFindings } from "#/parts/policy-editor/usePolicyFindings";

const SEVERITIES: { severity: Severity; plural: string; one: string; type: StatusIndicatorProps.Type }[] = [
  { severity: "ERROR", plural: "Errors", one: "Error", type: "error" },
  { severity: "SECURITY_WARNING", plural: "Security warnings", one: "Security warning", type: "warning" },
  { severity: "WARNING", plural: "Warnings", one: "Warning", type: "warning" },
  { severity: "SUGGESTION", plural: "Suggestions", one: "Suggestion", type: "info" },
];

/** What there is to say about the policy, the gravest first; a click leads to the place.
 *
 * @param onGoTo is missing where there is no text to go to.
 */
export function FindingsList({ checked, onGoTo }: { checked: PolicyFindings; onGoTo?: (offset: number) => void }) {
  const { findings, checking, error, retry } = checked;
  const counts = SEVERITIES.map(({ severity, plural }) => `${plural}: ${ofSeverity(findings, severity).length}`);
  return (
    <SpaceBetween size="s">
      {error !== undefined && (
        <Failure what="The policy could not be checked; it can be saved all the same" error={error} onRetry={retry} />
      )}
      <div role="status" aria-label="Number of findings">
        <Box color="text-body-secondary" fontSize="body-s">
          {counts.join(" · ")}
          {checking && " · checking…"}
        </Box>
      </div>
      {findings.length > 0 && (
        <ul aria-label="Findings" className="plain-list">
          {SEVERITIES.flatMap(({ severity, one, type }) =>
            ofSeverity(findings, severity).map((finding) => (
              <li key={`${finding.code} ${finding.from} ${finding.message}`}>
                <StatusIndicator type={type} iconAriaLabel={one} />
                <Place finding={finding} onGoTo={onGoTo} /> {finding.message}{" "}
                {finding.learnMore ? (
                  <Link external href={finding.learnMore} externalIconAriaLabel="Opens in a new tab" fontSize="body-s">
                    {finding.code}
                  </Link>
                ) : (
                  <Box variant="code">{finding.code}</Box>
                )}
              </li>
            )),
          )}
        </ul>
      )}
    </SpaceBetween>
  );
}

function Place({ finding, onGoTo }: { finding: Finding; onGoTo: ((offset: number) => void) | undefined }): ReactNode {
  const place = `Ln ${finding.line}, Col ${finding.column}`;
  if (onGoTo === undefined) return `${place}:`;
  return (
    <Button formAction="none" variant="inline-link" onClick={() => onGoTo(finding.from)}>
      {place}
    </Button>
  );
}

function ofSeverity(findings: Finding[], severity: Severity): Finding[] {
  return findings.filter((finding) => finding.severity === severity);
}

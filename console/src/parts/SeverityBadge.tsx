import Badge, { type BadgeProps } from "@cloudscape-design/components/badge";

const LOOKS: Record<string, BadgeProps["color"]> = {
  CRITICAL: "severity-critical",
  HIGH: "severity-high",
  MEDIUM: "severity-medium",
  LOW: "severity-low",
};

/** The gravest first. */
export const SEVERITIES = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL"];

/** How grave something is, by Security Hub's words. */
export function SeverityBadge({ severity }: { severity: string }) {
  return <Badge color={LOOKS[severity] ?? "severity-neutral"}>{severityName(severity)}</Badge>;
}

export function severityName(severity: string): string {
  return severity.charAt(0) + severity.slice(1).toLowerCase();
}

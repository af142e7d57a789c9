import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Icon from "@cloudscape-design/components/icon";
import Spinner from "@cloudscape-design/components/spinner";
import type { ReactNode } from "react";
import type { Severity } from "#/api/recommendations";
import { describe } from "#/api/refusal";
import type { Loaded } from "#/api/useLoad";

/** What looking at one point of an account's security came to. */
export interface Finding {
  /** Nothing when all is well. */
  severity?: Severity;
  title: string;
  /** What was found, and how to mend it. */
  detail?: ReactNode;
  /** Where to mend it. */
  link?: ReactNode;
}

/** One point that is looked at. */
export interface CheckProperties {
  /** What it is about, for as long as nothing else can be said. */
  subject: string;
  loaded: Loaded<Finding>;
}

const COLORS = { high: "severity-high", medium: "severity-medium", low: "severity-low" } as const;

/** Shows one point of an account's security: good, to be mended, or not to be seen by who is signed in. */
export function Check({ subject, loaded }: CheckProperties) {
  const { value: finding, error } = loaded;
  if (error !== undefined) return <Refused subject={subject} error={error} />;
  if (finding) return <Found finding={finding} />;
  return (
    <Point icon={<Spinner />}>
      <Box color="text-body-secondary">{subject}</Box>
    </Point>
  );
}

function Refused({ subject, error }: { subject: string; error: unknown }) {
  const { code, message } = describe(error);
  return (
    <Point icon={<Icon name="status-stopped" variant="subtle" ariaLabel="Unknown" />}>
      <Box color="text-body-secondary">{subject} could not be looked at</Box>
      <Box fontSize="body-s" color="text-body-secondary">
        <Box variant="code" fontSize="body-s">
          {code}
        </Box>{" "}
        {message}
      </Box>
    </Point>
  );
}

function Found({ finding: { severity, title, detail, link } }: { finding: Finding }) {
  if (!severity) {
    return (
      <Point icon={<Icon name="status-positive" variant="success" ariaLabel="Good" />}>
        <Box color="text-status-success">{title}</Box>
      </Point>
    );
  }
  const icon =
    severity === "high" ? (
      <Icon name="status-negative" variant="error" ariaLabel="Recommendation" />
    ) : (
      <Icon name="status-warning" variant="warning" ariaLabel="Recommendation" />
    );
  return (
    <Point icon={icon}>
      <Box>
        <Box variant="span" fontWeight="bold">
          {title}
        </Box>{" "}
        <Badge color={COLORS[severity]}>{severity}</Badge>
      </Box>
      <Box>
        {detail} {link}
      </Box>
    </Point>
  );
}

function Point({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="dashboard-point">
      {icon}
      <div>{children}</div>
    </div>
  );
}

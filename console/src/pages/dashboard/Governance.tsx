import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { listAlerts } from "#/api/alerts";
import { equal, listFindings, other } from "#/api/securityHub";
import { useLoad } from "#/api/useLoad";
import { Moment } from "#/parts/Moment";
import { RouterLink } from "#/parts/RouterLink";
import { RowFact } from "#/parts/RowFact";
import { SeverityBadge } from "#/parts/SeverityBadge";

const MOST_FINDINGS = 25;
const MOST_ALERTS = 3;
const GRAVE = "/findings?severity=CRITICAL,HIGH&state=failing";

/** What the controls find that is grave, and what people were told of lately; each is one call, beside all others. */
export function Governance() {
  const grave = useLoad(graveFindings, []);
  const alerts = useLoad(() => listAlerts(MOST_ALERTS), []);
  return (
    <Container header={<Header variant="h2">Governance</Header>}>
      <ColumnLayout columns={2} variant="text-grid">
        <div>
          <Box variant="awsui-key-label">Critical and high findings</Box>
          <RowFact loaded={grave}>
            {({ findings, hasMore, isEvaluated }) =>
              !isEvaluated ? (
                <StatusIndicator type="pending">Not evaluated yet</StatusIndicator>
              ) : findings.length === 0 ? (
                <StatusIndicator>
                  None. <RouterLink to="/findings">All controls</RouterLink>
                </StatusIndicator>
              ) : (
                <RouterLink
                  to={GRAVE}
                  fontSize="display-l"
                  ariaLabel={`Critical and high findings: ${findings.length}${hasMore ? "+" : ""}`}
                >
                  {`${findings.length}${hasMore ? "+" : ""}`}
                </RouterLink>
              )
            }
          </RowFact>
        </div>
        <div>
          <Box variant="awsui-key-label">Latest alerts</Box>
          <RowFact loaded={alerts}>
            {(latest) =>
              latest.length === 0 ? (
                "None."
              ) : (
                <SpaceBetween size="xs">
                  {latest.map(({ AlertId, Severity, Title, CreatedAt }) => (
                    <div key={AlertId}>
                      <SeverityBadge severity={Severity} /> {Title}{" "}
                      <Box variant="small" color="text-body-secondary">
                        <Moment at={new Date(CreatedAt * 1000)} />
                      </Box>
                    </div>
                  ))}
                  <RouterLink to="/alerts">All alerts</RouterLink>
                </SpaceBetween>
              )
            }
          </RowFact>
        </div>
      </ColumnLayout>
    </Container>
  );
}

async function graveFindings() {
  const filters = {
    ComplianceStatus: equal("FAILED"),
    SeverityLabel: equal("CRITICAL", "HIGH"),
    WorkflowStatus: other("SUPPRESSED"),
  };
  const grave = await listFindings(filters, [], MOST_FINDINGS);
  // None are good news only where somebody looked.
  const any = grave.findings.length > 0 ? grave : await listFindings({}, [], 1);
  return { ...grave, isEvaluated: any.findings.length > 0 };
}

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { type Overview, total } from "#/pages/findings/overview";
import { exact } from "#/parts/Moment";
import { RouterLink } from "#/parts/RouterLink";
import { SEVERITIES, SeverityBadge, severityName } from "#/parts/SeverityBadge";

/** How many resources fail at each severity, and how many were let be. */
export function SeveritySummary({ overview, evaluatedAt }: { overview: Overview; evaluatedAt: Date }) {
  const severities = SEVERITIES.filter((severity) =>
    overview.rows.some(({ control }) => control.SeverityRating === severity),
  );
  return (
    <Container
      header={
        <Header variant="h2" description={`Last evaluated: ${exact(evaluatedAt)}.`}>
          Failing resources
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        minColumnWidth={150}
        items={severities.map((severity) => {
          const rows = overview.rows.filter(({ control }) => control.SeverityRating === severity);
          const failed = total(rows, (row) => row.failed);
          const well = rows.filter(({ state }) => state === "well").length;
          return {
            label: <SeverityBadge severity={severity} />,
            value: (
              <>
                <RouterLink
                  to={`/findings?severity=${severity}&state=failing`}
                  fontSize="display-l"
                  ariaLabel={`${severityName(severity)}: ${failed} failing`}
                >
                  {failed}
                </RouterLink>
                <Box fontSize="body-s" color="text-body-secondary" padding={{ top: "xs" }}>
                  {`Nothing fails in ${well} of ${rows.length} controls. Suppressed: ${total(rows, (row) => row.suppressed)}.`}
                </Box>
              </>
            ),
          };
        })}
      />
    </Container>
  );
}

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Spinner from "@cloudscape-design/components/spinner";
import type { Loaded } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";
import { RouterLink } from "#/parts/RouterLink";

const COUNTED = [
  ["Groups", "User groups", "/groups"],
  ["Users", "Users", "/users"],
  ["Roles", "Roles", "/roles"],
  ["Policies", "Policies", "/policies"],
  ["Providers", "Identity providers", "/providers"],
] as const;

/** How many of each there are in the account. */
export function Resources({ summary }: { summary: Loaded<Partial<Record<string, number>>> }) {
  const { value: counts, error, loading, reload } = summary;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="What there is in this account"
          actions={<Button iconName="refresh" ariaLabel="Refresh IAM resources" loading={loading} onClick={reload} />}
        >
          IAM resources
        </Header>
      }
    >
      {error && !counts ? (
        <Failure what="The resources could not be counted" error={error} onRetry={reload} />
      ) : (
        <KeyValuePairs
          columns={5}
          minColumnWidth={110}
          items={COUNTED.map(([counted, label, path]) => ({
            label,
            value: counts ? (
              <RouterLink to={path} fontSize="display-l" ariaLabel={`${label}: ${counts[counted] ?? 0}`}>
                {(counts[counted] ?? 0).toLocaleString("en")}
              </RouterLink>
            ) : (
              <Box padding={{ top: "xs" }}>
                <Spinner />
              </Box>
            ),
          }))}
        />
      )}
    </Container>
  );
}

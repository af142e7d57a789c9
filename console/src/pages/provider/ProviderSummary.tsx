import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";
import type { Loaded } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";

interface Properties<T> {
  loaded: Loaded<T>;
  items: (facts: T) => KeyValuePairsProps.Item[];
}

/** The facts of an identity provider, or why they cannot be shown. */
export function ProviderSummary<T>({ loaded, items }: Properties<T>) {
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      {loaded.error !== undefined && (
        <Failure what="The provider could not be shown" error={loaded.error} onRetry={loaded.reload} />
      )}
      {loaded.value ? (
        <KeyValuePairs columns={2} minColumnWidth={180} items={items(loaded.value)} />
      ) : (
        loaded.loading && <Loading />
      )}
    </Container>
  );
}

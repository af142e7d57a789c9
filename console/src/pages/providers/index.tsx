import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { useNavigate } from "react-router";
import { listOidcProviders, listSamlProviders, type Provider } from "#/api/providers";
import { useLoad } from "#/api/useLoad";
import { DeleteProvider } from "#/pages/providers/DeleteProvider";
import { EntityTable } from "#/parts/EntityTable";
import { Failure } from "#/parts/Failure";
import { RouterLink } from "#/parts/RouterLink";

const COLUMNS: TableProps.ColumnDefinition<Provider>[] = [
  {
    id: "name",
    header: "Provider",
    cell: ({ arn, name }) => <RouterLink to={`/providers/${encodeURIComponent(arn)}`}>{name}</RouterLink>,
    sortingField: "name",
    isRowHeader: true,
  },
  { id: "type", header: "Type", cell: ({ type }) => type, sortingField: "type" },
  { id: "arn", header: "ARN", cell: ({ arn }) => arn, sortingField: "arn" },
];

export default function ProvidersPage() {
  const loaded = useLoad(listProviders, []);
  const [selected, setSelected] = useState<Provider[]>([]);
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const [only] = selected;

  return (
    <SpaceBetween size="m">
      {loaded.value?.failures.map(({ what, error }) => (
        <Failure key={what} what={what} error={error} onRetry={loaded.reload} />
      ))}
      {(loaded.value === undefined || loaded.value.failures.length < LISTS.length) && (
        <EntityTable<Provider>
          title="Identity providers"
          noun="provider"
          description="Use an identity provider to manage your user identities outside of AWS, but grant them permissions to use AWS resources in this account."
          loaded={{ ...loaded, value: loaded.value?.found }}
          columns={COLUMNS}
          trackBy={(provider) => provider.arn}
          textOf={(provider) => `${provider.name} ${provider.type}`}
          selectionType="single"
          selected={selected}
          onSelect={setSelected}
          actions={
            <>
              <Button disabled={only === undefined} onClick={() => setDeleting(true)}>
                Delete
              </Button>
              <Button variant="primary" onClick={() => void navigate("/providers/create")}>
                Add provider
              </Button>
            </>
          }
        />
      )}
      {deleting && only && (
        <DeleteProvider
          provider={only}
          onDone={() => {
            setDeleting(false);
            setSelected([]);
            loaded.reload();
          }}
          onDismiss={() => setDeleting(false)}
        />
      )}
    </SpaceBetween>
  );
}

interface Providers {
  found: Provider[];
  /** Lists that could not be had; what the others have is there all the same. */
  failures: { what: string; error: unknown }[];
}

const LISTS = [
  { what: "The OpenID Connect providers could not be listed", list: listOidcProviders },
  { what: "The SAML providers could not be listed", list: listSamlProviders },
];

async function listProviders(): Promise<Providers> {
  const answers = await Promise.allSettled(LISTS.map(({ list }) => list()));
  return {
    found: answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : [])),
    failures: answers.flatMap((answer, index) =>
      answer.status === "rejected" ? [{ what: LISTS[index]?.what ?? "", error: answer.reason }] : [],
    ),
  };
}

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { PrincipalKind } from "#/api/permissions";
import { useLoad } from "#/api/useLoad";
import { EntityTable } from "#/parts/EntityTable";
import { Failure } from "#/parts/Failure";
import { AttachPolicies } from "#/parts/permissions/AttachPolicies";
import { type Grant, loadGrants, pageOf, typeOf } from "#/parts/permissions/grants";
import { RemovePolicies } from "#/parts/permissions/RemovePolicies";
import { RouterLink } from "#/parts/RouterLink";

const COLUMNS: TableProps.ColumnDefinition<Grant>[] = [
  {
    id: "name",
    header: "Policy name",
    cell: (grant) => <RouterLink to={pageOf(grant)}>{grant.policyName}</RouterLink>,
    sortingField: "policyName",
    isRowHeader: true,
  },
  {
    id: "type",
    header: "Type",
    cell: typeOf,
    sortingComparator: (a, b) => typeOf(a).localeCompare(typeOf(b)),
  },
];

const VIA: TableProps.ColumnDefinition<Grant> = {
  id: "via",
  header: "Attached via",
  cell: ({ arn, owner }) => {
    if (owner.kind !== "group") return arn === undefined ? "Inline" : "Directly";
    return (
      <>
        Group <RouterLink to={`/groups/${encodeURIComponent(owner.name)}`}>{owner.name}</RouterLink>
      </>
    );
  },
  sortingComparator: (a, b) => a.owner.name.localeCompare(b.owner.name),
};

const DESCRIPTIONS: Record<PrincipalKind, string> = {
  user: "Permissions are defined by policies attached to the user directly or through groups.",
  group: "The policies attached to the group define what all of its users may do.",
  role: "The policies attached to the role define what whoever assumes it may do.",
};

/** The policies of a principal, and what can be done with them. */
export function PermissionsTable({ kind, name }: { kind: PrincipalKind; name: string }) {
  const loaded = useLoad(() => loadGrants(kind, name), [kind, name]);
  const [selected, setSelected] = useState<Grant[]>([]);
  const [dialogue, setDialogue] = useState<"attach" | "remove">();
  const navigate = useNavigate();

  const grants = loaded.value;
  const nothingKnown = grants !== undefined && grants.found.length === 0 && grants.failures.length > 0;
  function close(changed: boolean) {
    setDialogue(undefined);
    if (!changed) return;
    setSelected([]);
    loaded.reload();
  }

  return (
    <SpaceBetween size="m">
      {grants?.failures.map(({ what, error }) => (
        <Failure key={what} what={what} error={error} />
      ))}
      {!nothingKnown && (
        <EntityTable<Grant>
          title="Permissions policies"
          noun="policy"
          description={DESCRIPTIONS[kind]}
          variant="container"
          headingTag="h2"
          preferencesKey="permissions"
          loaded={{ ...loaded, value: grants?.found }}
          columns={kind === "user" ? [...COLUMNS, VIA] : COLUMNS}
          trackBy={(grant) => grant.id}
          labelOf={(grant) => grant.policyName}
          textOf={(grant) => `${grant.policyName} ${typeOf(grant)}`}
          selectionType="multi"
          isDisabled={(grant) => grant.owner.kind !== kind}
          selected={selected}
          onSelect={setSelected}
          actions={
            <>
              <Button disabled={selected.length === 0} onClick={() => setDialogue("remove")}>
                Remove
              </Button>
              <ButtonDropdown
                items={[
                  { id: "attach", text: "Attach policies" },
                  { id: "inline", text: "Create inline policy" },
                ]}
                onItemClick={({ detail }) =>
                  detail.id === "attach"
                    ? setDialogue("attach")
                    : void navigate(`/${kind}s/${encodeURIComponent(name)}/inline`)
                }
              >
                Add permissions
              </ButtonDropdown>
            </>
          }
        />
      )}
      {nothingKnown && (
        <Box>
          <Button onClick={loaded.reload}>Try again</Button>
        </Box>
      )}
      {dialogue === "attach" && <AttachPolicies kind={kind} name={name} onClose={close} />}
      {dialogue === "remove" && <RemovePolicies kind={kind} name={name} grants={selected} onClose={close} />}
    </SpaceBetween>
  );
}

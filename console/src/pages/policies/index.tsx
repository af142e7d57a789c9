import { ListPoliciesCommand, type Policy } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { useNavigate } from "react-router";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { kindOfPolicy } from "#/api/policies";
import { useLoad } from "#/api/useLoad";
import { Description } from "#/pages/policies/Description";
import { AttachPolicy } from "#/pages/policy/AttachPolicy";
import { DeletePolicy } from "#/pages/policy/DeletePolicy";
import { EntityTable } from "#/parts/EntityTable";
import { RouterLink } from "#/parts/RouterLink";

const ALL = { value: "", label: "All types" };
const ATTACHED = "attached";
const FILTERS = [
  ALL,
  ...["Customer managed", "AWS managed", "AWS managed - job function"].map((kind) => ({ value: kind, label: kind })),
  { value: ATTACHED, label: "In use" },
];

/** All managed policies: the account's own, and AWS's. */
export default function PoliciesPage() {
  const navigate = useNavigate();
  const [filter, setFilter] = useState("");
  const [selected, setSelected] = useState<Policy[]>([]);
  const [dialogue, setDialogue] = useState<"attach" | "delete">();
  const policies = useLoad<Policy[]>(
    (early) =>
      listAll(
        (Marker) => iam.send(new ListPoliciesCommand({ Marker, MaxItems: 1000 })),
        (page) => page.Policies,
        early,
      ),
    [],
  );
  const shown = policies.value?.filter((policy) => {
    if (filter === ATTACHED) return usesOf(policy) > 0;
    return filter === "" || kindOfPolicy(policy.Arn ?? "") === filter;
  });
  const [policy] = selected;
  const close = () => setDialogue(undefined);
  const pageOf = ({ Arn = "" }: Policy) => `/policies/${encodeURIComponent(Arn)}`;

  return (
    <>
      <EntityTable<Policy>
        title="Policies"
        noun="policy"
        description="A policy is an object in AWS that defines permissions."
        loaded={{ ...policies, value: shown }}
        trackBy={({ Arn = "" }) => Arn}
        textOf={({ PolicyName = "" }) => PolicyName}
        columns={COLUMNS}
        selectionType="single"
        selected={selected}
        onSelect={setSelected}
        filters={
          <Select
            ariaLabel="Filter by type"
            options={FILTERS}
            selectedOption={FILTERS.find(({ value }) => value === filter) ?? ALL}
            onChange={({ detail }) => setFilter(detail.selectedOption.value ?? "")}
          />
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <ButtonDropdown
              disabled={policy === undefined}
              items={[
                { id: "attach", text: "Attach" },
                { id: "detach", text: "Detach" },
                {
                  id: "delete",
                  text: "Delete",
                  disabled: policy !== undefined && kindOfPolicy(policy.Arn ?? "") !== "Customer managed",
                  disabledReason: "AWS managed policies cannot be deleted.",
                },
              ]}
              onItemClick={({ detail }) => {
                if (detail.id === "detach" && policy) navigate(`${pageOf(policy)}?tab=entities`);
                else setDialogue(detail.id as "attach" | "delete");
              }}
            >
              Actions
            </ButtonDropdown>
            <Button variant="primary" onClick={() => navigate("/policies/create")}>
              Create policy
            </Button>
          </SpaceBetween>
        }
      />
      {policy?.Arn && dialogue === "attach" && (
        <AttachPolicy arn={policy.Arn} onDone={policies.reload} onDismiss={close} />
      )}
      {policy?.Arn && dialogue === "delete" && (
        <DeletePolicy
          arn={policy.Arn}
          onDone={() => {
            setSelected([]);
            close();
            policies.reload();
          }}
          onDismiss={close}
        />
      )}
    </>
  );
}

const COLUMNS: TableProps.ColumnDefinition<Policy>[] = [
  {
    id: "name",
    header: "Policy name",
    isRowHeader: true,
    sortingField: "PolicyName",
    cell: ({ Arn = "", PolicyName }) => (
      <RouterLink to={`/policies/${encodeURIComponent(Arn)}`}>{PolicyName}</RouterLink>
    ),
  },
  {
    id: "type",
    header: "Type",
    sortingComparator: (a, b) => kindOfPolicy(a.Arn ?? "").localeCompare(kindOfPolicy(b.Arn ?? "")),
    cell: ({ Arn = "" }) => kindOfPolicy(Arn),
  },
  {
    id: "used",
    header: "Used as",
    sortingComparator: (a, b) => usesOf(a) - usesOf(b),
    cell: usedAs,
  },
  { id: "description", header: "Description", cell: ({ Arn = "" }) => <Description arn={Arn} /> },
];

function usedAs({ AttachmentCount = 0, PermissionsBoundaryUsageCount = 0 }: Policy): string {
  const uses = [
    ...(AttachmentCount > 0 ? [`Permissions policy (${AttachmentCount})`] : []),
    ...(PermissionsBoundaryUsageCount > 0 ? [`Permissions boundary (${PermissionsBoundaryUsageCount})`] : []),
  ];
  return uses.join(", ") || "None";
}

function usesOf({ AttachmentCount = 0, PermissionsBoundaryUsageCount = 0 }: Policy): number {
  return AttachmentCount + PermissionsBoundaryUsageCount;
}

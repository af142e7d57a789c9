import { type PolicyVersion, SetDefaultPolicyVersionCommand } from "@aws-sdk/client-iam";
import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { iam } from "#/api/clients";
import { deleteVersion, listVersions } from "#/api/managedPolicies";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { CompareVersions } from "#/pages/policy/CompareVersions";
import { VersionDocument } from "#/pages/policy/VersionDocument";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { EntityTable } from "#/parts/EntityTable";
import { Moment } from "#/parts/Moment";

type Dialogue = "default" | "delete" | "compare";

/** The versions of a policy, of which one is in force. */
export function VersionsTab({ arn, own, onChange }: { arn: string; own: boolean; onChange: () => void }) {
  const notify = useNotify();
  const versions = useLoad(() => listVersions(arn), [arn]);
  const [selected, setSelected] = useState<PolicyVersion[]>([]);
  const [dialogue, setDialogue] = useState<Dialogue>();
  const [opened, setOpened] = useState<string>();
  const [first] = selected;
  const id = first?.VersionId ?? "";
  const compared = comparedOf(versions.value ?? [], selected);
  const other = selected.length === 1 && first && !first.IsDefaultVersion;

  async function change(deed: () => Promise<unknown>, done: string) {
    await deed();
    notify.success(done);
    setDialogue(undefined);
    setSelected([]);
    versions.reload();
    onChange();
  }

  const columns: TableProps.ColumnDefinition<PolicyVersion>[] = [
    {
      id: "version",
      header: "Version",
      isRowHeader: true,
      sortingComparator: (a, b) => Number(b.VersionId?.slice(1)) - Number(a.VersionId?.slice(1)),
      cell: ({ VersionId = "", IsDefaultVersion }) => (
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="inline-link" ariaLabel={`View ${VersionId}`} onClick={() => setOpened(VersionId)}>
            {VersionId}
          </Button>
          {IsDefaultVersion && <Badge color="blue">Default</Badge>}
        </SpaceBetween>
      ),
    },
    { id: "created", header: "Creation time", cell: ({ CreateDate }) => <Moment at={CreateDate} /> },
  ];
  return (
    <>
      <EntityTable<PolicyVersion>
        title="Policy versions"
        noun="version"
        description="A policy has up to five versions. The default version is in force wherever the policy is attached."
        variant="container"
        headingTag="h2"
        loaded={versions}
        trackBy={({ VersionId = "" }) => VersionId}
        textOf={({ VersionId = "" }) => VersionId}
        columns={columns}
        selectionType="multi"
        selected={selected}
        onSelect={setSelected}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={compared === undefined} onClick={() => setDialogue("compare")}>
              Compare
            </Button>
            {own && (
              <ButtonDropdown
                disabled={!other}
                items={[
                  { id: "default", text: "Set as default" },
                  { id: "delete", text: "Delete" },
                ]}
                onItemClick={({ detail }) => setDialogue(detail.id as Dialogue)}
              >
                Actions
              </ButtonDropdown>
            )}
          </SpaceBetween>
        }
      />
      {opened && <VersionDocument arn={arn} version={opened} onDismiss={() => setOpened(undefined)} />}
      {dialogue === "compare" && compared && (
        <CompareVersions arn={arn} {...compared} onDismiss={() => setDialogue(undefined)} />
      )}
      {dialogue === "default" && (
        <ConfirmDelete
          title={`Set ${id} as default?`}
          button="Set as default"
          onConfirm={() =>
            change(
              () => iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: arn, VersionId: id })),
              `Version ${id} is the default now.`,
            )
          }
          onDismiss={() => setDialogue(undefined)}
        >
          It is in force at once for all that the policy is attached to.
        </ConfirmDelete>
      )}
      {dialogue === "delete" && (
        <ConfirmDelete
          title={`Delete version ${id}?`}
          onConfirm={() => change(() => deleteVersion(arn, id), `Version ${id} deleted.`)}
          onDismiss={() => setDialogue(undefined)}
        >
          This cannot be undone.
        </ConfirmDelete>
      )}
    </>
  );
}

/** Returns two versions to compare, the older first: of one that is selected, it and the default version. */
function comparedOf(all: PolicyVersion[], selected: PolicyVersion[]): { before: string; after: string } | undefined {
  const inForce = all.filter((version) => version.IsDefaultVersion);
  const chosen = selected.length === 1 ? [...selected, ...inForce] : selected;
  const [before, after, ...more] = [...new Set(chosen.map(({ VersionId = "" }) => VersionId))].sort(
    (a, b) => Number(a.slice(1)) - Number(b.slice(1)),
  );
  return before && after && more.length === 0 ? { before, after } : undefined;
}

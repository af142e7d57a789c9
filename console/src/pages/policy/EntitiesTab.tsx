import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { type Entity, listEntitiesOf } from "#/api/managedPolicies";
import { policiesOf } from "#/api/permissions";
import { nameOfPolicy } from "#/api/policies";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { AttachPolicy } from "#/pages/policy/AttachPolicy";
import { ENTITY_COLUMNS, keyOf } from "#/pages/policy/entities";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { EntityTable } from "#/parts/EntityTable";

/** Those that a policy is attached to, and those whose boundary it is. */
export function EntitiesTab({ arn, onChange }: { arn: string; onChange: () => void }) {
  const notify = useNotify();
  const attached = useLoad(() => listEntitiesOf(arn, "PermissionsPolicy"), [arn]);
  const bounded = useLoad(() => listEntitiesOf(arn, "PermissionsBoundary"), [arn]);
  const [selected, setSelected] = useState<Entity[]>([]);
  const [dialogue, setDialogue] = useState<"attach" | "detach">();
  const close = () => setDialogue(undefined);
  const names = selected.map(({ name }) => name).join(", ");

  function changed() {
    setSelected([]);
    attached.reload();
    onChange();
  }

  async function detach() {
    try {
      for (const { kind, name } of selected) await policiesOf[kind].detach(name, arn);
      notify.success(`Policy ${nameOfPolicy(arn)} detached from ${names}.`);
      close();
    } finally {
      changed();
    }
  }

  return (
    <SpaceBetween size="l">
      <EntityTable<Entity>
        title="Attached as a permissions policy"
        noun="entity"
        variant="container"
        headingTag="h2"
        loaded={attached}
        trackBy={keyOf}
        textOf={({ name }) => name}
        columns={ENTITY_COLUMNS}
        selectionType="multi"
        selected={selected}
        onSelect={setSelected}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={selected.length === 0} onClick={() => setDialogue("detach")}>
              Detach
            </Button>
            <Button onClick={() => setDialogue("attach")}>Attach</Button>
          </SpaceBetween>
        }
      />
      <EntityTable<Entity>
        title="Attached as a permissions boundary"
        noun="bounded entity"
        variant="container"
        headingTag="h2"
        loaded={bounded}
        trackBy={keyOf}
        textOf={({ name }) => name}
        columns={ENTITY_COLUMNS}
      />
      {dialogue === "attach" && <AttachPolicy arn={arn} onDone={changed} onDismiss={close} />}
      {dialogue === "detach" && (
        <ConfirmDelete title={`Detach ${nameOfPolicy(arn)}?`} button="Detach" onConfirm={detach} onDismiss={close}>
          {names} will no longer have the permissions that come by this policy alone.
        </ConfirmDelete>
      )}
    </SpaceBetween>
  );
}

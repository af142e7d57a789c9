import { ListRolesCommand } from "@aws-sdk/client-iam";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { iam } from "#/api/clients";
import { listGroups, listUsers } from "#/api/groups";
import type { Entity } from "#/api/managedPolicies";
import { listAll } from "#/api/pages";
import { policiesOf } from "#/api/permissions";
import { nameOfPolicy } from "#/api/policies";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { ENTITY_COLUMNS, KINDS, keyOf } from "#/pages/policy/entities";
import { EntityTable } from "#/parts/EntityTable";
import { Failure } from "#/parts/Failure";
import { FormModal } from "#/parts/FormModal";

/** Attaches a policy to users, groups and roles. */
export function AttachPolicy({ arn, onDone, onDismiss }: { arn: string; onDone: () => void; onDismiss: () => void }) {
  const notify = useNotify();
  const entities = useLoad(listEntities, []);
  const [selected, setSelected] = useState<Entity[]>([]);
  const [kind, setKind] = useState("");
  const shown = entities.value?.found.filter((entity) => kind === "" || entity.kind === kind);

  async function attach() {
    try {
      for (const { kind, name } of selected) await policiesOf[kind].attach(name, arn);
      notify.success(`Policy ${nameOfPolicy(arn)} attached to ${selected.map(({ name }) => name).join(", ")}.`);
      onDismiss();
    } finally {
      // Some may have it before one was refused.
      onDone();
    }
  }

  return (
    <FormModal
      title={`Attach ${nameOfPolicy(arn)}`}
      size="large"
      button="Attach policy"
      disabled={selected.length === 0}
      enterSubmits={false}
      onSubmit={attach}
      onDismiss={onDismiss}
    >
      <SpaceBetween size="s">
        {entities.value?.refused.map(({ what, error }) => (
          <Failure key={what} what={`${what} could not be listed`} error={error} />
        ))}
        <EntityTable<Entity>
          title="IAM entities"
          noun="entity"
          variant="embedded"
          headingTag="h2"
          loaded={{ ...entities, value: shown }}
          trackBy={keyOf}
          textOf={({ name }) => name}
          columns={ENTITY_COLUMNS}
          selectionType="multi"
          selected={selected}
          onSelect={setSelected}
          filters={
            <Select
              ariaLabel="Filter by entity type"
              options={KINDS}
              selectedOption={KINDS.find(({ value }) => value === kind) ?? null}
              onChange={({ detail }) => setKind(detail.selectedOption.value ?? "")}
            />
          }
        />
      </SpaceBetween>
    </FormModal>
  );
}

interface Found {
  found: Entity[];
  /** Kinds that the person may not list; the others can be chosen from all the same. */
  refused: { what: string; error: unknown }[];
}

async function listEntities(): Promise<Found> {
  const asked: [string, Promise<Entity[]>][] = [
    ["Users", listUsers().then((all) => all.map(({ UserName = "" }) => ({ kind: "user", name: UserName })))],
    ["Groups", listGroups().then((all) => all.map(({ GroupName = "" }) => ({ kind: "group", name: GroupName })))],
    ["Roles", listRoles().then((all) => all.map((name) => ({ kind: "role", name })))],
  ];
  const answers = await Promise.allSettled(asked.map(([, answer]) => answer));
  return {
    found: answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : [])),
    refused: answers.flatMap((answer, index) =>
      answer.status === "rejected" ? [{ what: asked[index]?.[0] ?? "", error: answer.reason as unknown }] : [],
    ),
  };
}

async function listRoles(): Promise<string[]> {
  const roles = await listAll(
    (Marker) => iam.send(new ListRolesCommand({ Marker, MaxItems: 1000 })),
    (page) => page.Roles,
  );
  // AWS's own roles take no policies of the account's.
  return roles.filter(({ Path }) => !Path?.startsWith("/aws-service-role/")).map(({ RoleName = "" }) => RoleName);
}

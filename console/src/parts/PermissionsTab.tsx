import SpaceBetween from "@cloudscape-design/components/space-between";
import type { PrincipalKind } from "#/api/permissions";
import { Boundary } from "#/parts/permissions/Boundary";
import { PermissionsTable } from "#/parts/permissions/PermissionsTable";

/** What a principal may do: its policies, and the boundary of a user or role. */
export function PermissionsTab({ kind, name }: { kind: PrincipalKind; name: string }) {
  return (
    <SpaceBetween size="l">
      <PermissionsTable kind={kind} name={name} />
      {kind !== "group" && <Boundary kind={kind} name={name} />}
    </SpaceBetween>
  );
}

import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useNavigate } from "react-router";
import type { PrincipalKind } from "#/api/permissions";
import { Boundary } from "#/parts/permissions/Boundary";
import { PermissionsTable } from "#/parts/permissions/PermissionsTable";

/** What a principal may do: its policies, and the boundary of a user or role. */
export function PermissionsTab({ kind, name }: { kind: PrincipalKind; name: string }) {
  return (
    <SpaceBetween size="l">
      <PermissionsTable kind={kind} name={name} />
      {kind !== "group" && <Boundary kind={kind} name={name} />}
      {kind !== "group" && <GeneratePolicy path={`/${kind}s/${encodeURIComponent(name)}/generate-policy`} />}
    </SpaceBetween>
  );
}

/** Leads to where the permissions that somebody used become a policy. */
function GeneratePolicy({ path }: { path: string }) {
  const navigate = useNavigate();
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="A policy that would have been enough for what was done in a time, from the event history."
          actions={<Button onClick={() => void navigate(path)}>Generate policy</Button>}
        >
          Generate policy based on CloudTrail events
        </Header>
      }
    />
  );
}

import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { PolicyPicker } from "#/parts/PolicyPicker";
import { BoundaryChoice } from "./BoundaryChoice";
import { CopyFromUser } from "./CopyFromUser";
import type { Change, PermissionsKind, UserDraft } from "./draft";
import { GroupChoice } from "./GroupChoice";

interface Properties {
  draft: UserDraft;
  onChange: Change;
  insist: boolean;
}

const WAYS: { value: PermissionsKind; label: string; description: string }[] = [
  {
    value: "groups",
    label: "Add user to group",
    description:
      "Add user to an existing group, or create a new group. Use groups to manage permissions by job function.",
  },
  {
    value: "copy",
    label: "Copy permissions",
    description:
      "Copy all group memberships, attached managed policies, inline policies, and any permissions boundary from an existing user.",
  },
  {
    value: "policies",
    label: "Attach policies directly",
    description: "Attach managed policies to the user itself. A group that has them is easier to keep in order.",
  },
];

/** The second step: what the user may do, in one of the ways there are to say so. */
export function PermissionsStep({ draft, onChange, insist }: Properties) {
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Permissions options</Header>}>
        <Tiles
          ariaLabel="Permissions options"
          columns={3}
          value={draft.permissionsKind}
          items={WAYS}
          onChange={({ detail }) => onChange({ permissionsKind: detail.value as PermissionsKind })}
        />
      </Container>
      {draft.permissionsKind === "groups" && (
        <GroupChoice selected={draft.groups} onChange={(groups) => onChange({ groups })} />
      )}
      {draft.permissionsKind === "copy" && <CopyFromUser draft={draft} onChange={onChange} insist={insist} />}
      {draft.permissionsKind === "policies" && (
        <PolicyPicker selected={draft.policies} onChange={(policies) => onChange({ policies })} />
      )}
      <BoundaryChoice boundary={draft.boundary} onChange={(boundary) => onChange({ boundary })} />
    </SpaceBetween>
  );
}

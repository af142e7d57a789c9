import { type PrincipalKind, policiesOf } from "#/api/permissions";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import type { Grant } from "#/parts/permissions/grants";

interface Properties {
  kind: PrincipalKind;
  name: string;
  grants: Grant[];
  onClose: (changed: boolean) => void;
}

/** Takes policies away: managed ones are detached and live on, inline ones are gone. */
export function RemovePolicies({ kind, name, grants, onClose }: Properties) {
  const notify = useNotify();
  const detached = grants.filter((grant) => grant.arn !== undefined);
  const deleted = grants.filter((grant) => grant.arn === undefined);

  async function remove() {
    for (const { arn, policyName } of grants) {
      if (arn === undefined) await policiesOf[kind].deleteInline(name, policyName);
      else await policiesOf[kind].detach(name, arn);
    }
    notify.success(
      grants.length === 1 ? `Policy removed from ${name}.` : `${grants.length} policies removed from ${name}.`,
    );
    onClose(true);
  }

  return (
    <ConfirmDelete
      title={grants.length === 1 ? `Remove ${grants[0]?.policyName}?` : `Remove ${grants.length} policies?`}
      button="Remove policies"
      onConfirm={remove}
      onDismiss={() => onClose(false)}
    >
      <Named what="Detached, and kept for others" grants={detached} />
      <Named what="Inline, deleted for good" grants={deleted} />
    </ConfirmDelete>
  );
}

function Named({ what, grants }: { what: string; grants: Grant[] }) {
  if (grants.length === 0) return null;
  return (
    <>
      {what}:
      <ul>
        {grants.map((grant) => (
          <li key={grant.id}>{grant.policyName}</li>
        ))}
      </ul>
    </>
  );
}

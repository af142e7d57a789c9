import { deletePolicy } from "#/api/managedPolicies";
import { nameOfPolicy } from "#/api/policies";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";

/** Asks before a policy is deleted, and deletes it with all that hangs on it. */
export function DeletePolicy({ arn, onDone, onDismiss }: { arn: string; onDone: () => void; onDismiss: () => void }) {
  const notify = useNotify();
  const name = nameOfPolicy(arn);
  return (
    <ConfirmDelete
      title={`Delete ${name}?`}
      typed={name}
      onConfirm={async () => {
        await deletePolicy(arn);
        notify.success(`Policy ${name} deleted.`);
        onDone();
      }}
      onDismiss={onDismiss}
    >
      The policy is detached from all users, groups and roles that have it, and all of its versions are deleted. This
      cannot be undone.
    </ConfirmDelete>
  );
}

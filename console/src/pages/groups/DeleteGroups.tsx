import { deleteGroup } from "#/api/groups";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";

interface Properties {
  names: string[];
  onDone: () => void;
  onDismiss: () => void;
}

/** Deletes groups, after the name of the one or a word for the many was typed. */
export function DeleteGroups({ names, onDone, onDismiss }: Properties) {
  const notify = useNotify();
  const only = names.length === 1 ? names[0] : undefined;

  async function remove() {
    for (const name of names) await deleteGroup(name);
    notify.success(only ? `User group ${only} deleted.` : `${names.length} user groups deleted.`);
    onDone();
  }

  return (
    <ConfirmDelete
      title={only ? `Delete ${only}?` : `Delete ${names.length} user groups?`}
      typed={only ?? "delete"}
      onConfirm={remove}
      onDismiss={onDismiss}
    >
      {only
        ? "Delete the user group permanently? Its users are removed from it and lose the permissions that it gives; its inline policies are deleted as well."
        : "Delete these user groups permanently? Their users lose the permissions that the groups give."}
      {!only && (
        <ul>
          {names.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
    </ConfirmDelete>
  );
}

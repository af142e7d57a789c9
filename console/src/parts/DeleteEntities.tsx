import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";

interface Properties<T> {
  entities: T[];
  nameOf: (entity: T) => string;
  /** What one and several of them are: `User group`, `user groups`. */
  nouns: [one: string, several: string];
  /** What goes with one, and with several. */
  warnings: [one: string, several: string];
  deleteOne: (entity: T) => Promise<unknown>;
  onDone: () => void;
  onDismiss: () => void;
}

/** Deletes what was selected, after the name of the one or a word for the many was typed. */
export function DeleteEntities<T>(properties: Properties<T>) {
  const { entities, nameOf, nouns, warnings, deleteOne, onDone, onDismiss } = properties;
  const notify = useNotify();
  const names = entities.map(nameOf);
  const only = names.length === 1 ? names[0] : undefined;

  async function remove() {
    for (const entity of entities) await deleteOne(entity);
    notify.success(only ? `${nouns[0]} ${only} deleted.` : `${names.length} ${nouns[1]} deleted.`);
    onDone();
  }

  return (
    <ConfirmDelete
      title={only ? `Delete ${only}?` : `Delete ${names.length} ${nouns[1]}?`}
      typed={only ?? "delete"}
      onConfirm={remove}
      onDismiss={onDismiss}
    >
      {only ? warnings[0] : warnings[1]}
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

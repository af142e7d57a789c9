import { deleteProvider, type Provider } from "#/api/providers";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";

interface Properties {
  provider: Provider;
  onDone: () => void;
  onDismiss: () => void;
}

/** Deletes an identity provider, after a word was typed. */
export function DeleteProvider({ provider, onDone, onDismiss }: Properties) {
  const notify = useNotify();

  async function remove() {
    await deleteProvider(provider);
    notify.success(`Identity provider ${provider.name} deleted.`);
    onDone();
  }

  return (
    <ConfirmDelete title={`Delete ${provider.name}?`} typed="confirm" onConfirm={remove} onDismiss={onDismiss}>
      Delete the identity provider permanently? Roles that trust it stay, but can no longer be assumed through it.
    </ConfirmDelete>
  );
}

import { deleteGroup } from "#/api/groups";
import { DeleteEntities } from "#/parts/DeleteEntities";

interface Properties {
  names: string[];
  onDone: () => void;
  onDismiss: () => void;
}

export function DeleteGroups({ names, ...dialogue }: Properties) {
  return (
    <DeleteEntities
      {...dialogue}
      entities={names}
      nameOf={(name) => name}
      nouns={["User group", "user groups"]}
      warnings={[
        "Delete the user group permanently? Its users are removed from it and lose the permissions that it gives; its inline policies are deleted as well.",
        "Delete these user groups permanently? Their users lose the permissions that the groups give.",
      ]}
      deleteOne={deleteGroup}
    />
  );
}

import Box from "@cloudscape-design/components/box";
import LiveRegion from "@cloudscape-design/components/live-region";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { deleteUser } from "./deleteUser";

interface Properties {
  names: string[];
  /** Told how many are gone in the end, be it after a refusal. */
  onLeave: (deleted: number) => void;
}

/** Asks for, and then does, the deletion of users with all that hangs on them. */
export function DeleteUsers({ names, onLeave }: Properties) {
  const notify = useNotify();
  const gone = useRef(new Set<string>());
  const [doing, setDoing] = useState("");
  const [first = ""] = names;
  const whom = names.length === 1 ? first : `${names.length} users`;

  async function confirm() {
    for (const name of names) {
      if (gone.current.has(name)) continue;
      await deleteUser(name, setDoing);
      gone.current.add(name);
    }
    notify.success(names.length === 1 ? `User ${first} deleted.` : `${names.length} users deleted.`);
    onLeave(gone.current.size);
  }

  return (
    <ConfirmDelete
      title={`Delete ${whom}?`}
      typed={names.length === 1 ? first : "delete"}
      onConfirm={confirm}
      onDismiss={() => onLeave(gone.current.size)}
    >
      <SpaceBetween size="s">
        <Box>
          This also deletes what hangs on {names.length === 1 ? "the user" : "each user"}: the console password, access
          keys, MFA devices, other credentials, inline policies, and memberships of groups. It cannot be undone.
        </Box>
        {names.length > 1 && <Box variant="small">{names.join(", ")}</Box>}
        {doing && names.length > 1 && (
          <ProgressBar value={(100 * gone.current.size) / names.length} description={doing} label="Progress" />
        )}
        {doing && names.length === 1 && <LiveRegion>{doing} …</LiveRegion>}
      </SpaceBetween>
    </ConfirmDelete>
  );
}

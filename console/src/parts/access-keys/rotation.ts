import type { AccessKey } from "#/api/accessKeys";

/** Where a rotation stands. It is told by the keys that there are, so that it can be left and gone on with later. */
export type Rotation =
  | { step: "create"; old: AccessKey }
  | { step: "use"; old: AccessKey; fresh: AccessKey }
  | { step: "deactivate"; old: AccessKey; fresh: AccessKey }
  | { step: "delete"; old: AccessKey; fresh: AccessKey }
  | { step: "done" };

/** Returns the next thing to do.
 *
 * @param keys the oldest first, which is the one that goes.
 * @param begun the rotation has been under way in this dialogue, so that a single key is the one that stays.
 * @param inUse somebody said that the new key is used everywhere.
 */
export function rotationOf(keys: AccessKey[], begun: boolean, inUse: boolean): Rotation {
  const [old, fresh] = keys;
  if (old === undefined) return { step: "done" };
  if (fresh === undefined) return begun ? { step: "done" } : { step: "create", old };
  if (!old.active) return { step: "delete", old, fresh };
  return { step: inUse ? "deactivate" : "use", old, fresh };
}

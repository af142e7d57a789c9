import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AccessKey, NewKey } from "#/api/accessKeys";
import { KeySecret } from "./KeySecret";
import type { Rotation } from "./rotation";
import { WatchUse } from "./WatchUse";

interface Properties {
  rotation: Rotation;
  /** The key that was made here, whose secret can still be shown. */
  created: NewKey | undefined;
  userName: string | undefined;
  busy: boolean;
  /** Does the step. */
  onGo: () => void;
  onActivate: (key: AccessKey) => void;
  /** Looks at the keys anew. */
  onLook: () => Promise<void>;
}

/** What there is to know and do in the step at which a rotation stands. */
export function RotationStep({ rotation, created, userName, busy, onGo, onActivate, onLook }: Properties) {
  switch (rotation.step) {
    case "create":
      return (
        <SpaceBetween size="s">
          <Box>
            Both keys work until you say otherwise. The key <code>{rotation.old.id}</code> is the one to be replaced.
          </Box>
          <Button variant="primary" loading={busy} onClick={onGo}>
            Create the new key
          </Button>
        </SpaceBetween>
      );
    case "use":
      return (
        <SpaceBetween size="m">
          {created && <KeySecret created={created} userName={userName} />}
          <Box>
            Put <code>{rotation.fresh.id}</code> wherever <code>{rotation.old.id}</code> is used. This shows when it
            makes its first call.
          </Box>
          <WatchUse old={rotation.old} fresh={rotation.fresh} onLook={onLook} />
          {rotation.fresh.active ? (
            <Button variant="primary" onClick={onGo}>
              The new key is in use everywhere
            </Button>
          ) : (
            <Button variant="primary" loading={busy} onClick={() => onActivate(rotation.fresh)}>
              Activate the new key
            </Button>
          )}
        </SpaceBetween>
      );
    case "deactivate":
      return (
        <SpaceBetween size="m">
          {usedSince(rotation.old, rotation.fresh) && (
            <Alert type="warning" statusIconAriaLabel="Warning">
              The old key was used after the new one was made. Something still needs it.
            </Alert>
          )}
          <Box>
            From then on, calls with <code>{rotation.old.id}</code> are refused. You can activate it again.
          </Box>
          <Button variant="primary" loading={busy} onClick={onGo}>
            Deactivate the old key
          </Button>
        </SpaceBetween>
      );
    case "delete":
      return (
        <SpaceBetween size="m">
          <Box>
            Wait until you are sure that all works without <code>{rotation.old.id}</code>. Then delete it for good.
          </Box>
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="primary" loading={busy} onClick={onGo}>
              Delete the old key
            </Button>
            <Button disabled={busy} onClick={() => onActivate(rotation.old)}>
              Activate it again
            </Button>
          </SpaceBetween>
        </SpaceBetween>
      );
    case "done":
      return null;
  }
}

function usedSince(old: AccessKey, fresh: AccessKey): boolean {
  return old.use?.at !== undefined && old.use.at > fresh.createdAt;
}

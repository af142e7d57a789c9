import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { type AccessKey, deleteAccessKey, listAccessKeys, MOST_KEYS, setKeyActive } from "#/api/accessKeys";
import { type AccountSettings, ostiary } from "#/api/ostiary";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { CopyText } from "#/parts/CopyText";
import { Failure } from "#/parts/Failure";
import { CreateKey } from "./access-keys/CreateKey";
import { KeyAge } from "./access-keys/KeyAge";
import { KeyUseText } from "./access-keys/KeyUseText";
import { RotateKey } from "./access-keys/RotateKey";

type Dialogue = { kind: "create" } | { kind: "rotate" } | { kind: "deactivate" | "delete"; key: AccessKey };

interface Properties {
  /** Whose they are; one's own without. */
  userName?: string;
  /** Told when they are others than before. */
  onChange?: () => void;
}

/** The access keys of somebody: made, rotated, switched off, deleted. */
export function AccessKeys({ userName, onChange }: Properties) {
  const loaded = useLoad(() => listAccessKeys(userName), [userName]);
  // Who may see keys need not be let to see how old they may grow; then nothing is said of that.
  const limits = useLoad(() => ostiary("GetAccountSettings", {}), []);
  const notify = useNotify();
  const [dialogue, setDialogue] = useState<Dialogue>();
  const keys = loaded.value ?? [];

  function leave(changed: boolean) {
    setDialogue(undefined);
    if (!changed) return;
    loaded.reload();
    onChange?.();
  }

  async function activate(key: AccessKey) {
    try {
      await setKeyActive(userName, key.id, true);
      notify.success(`Access key ${key.id} activated.`);
      leave(true);
    } catch (error) {
      notify.failure(`Access key ${key.id} could not be activated`, error);
    }
  }

  function choose(action: string, key: AccessKey) {
    if (action === "activate") void activate(key);
    else if (action === "rotate") setDialogue({ kind: "rotate" });
    else setDialogue({ kind: action === "delete" ? "delete" : "deactivate", key });
  }

  if (loaded.error && loaded.value === undefined) {
    return <Failure what="Access keys could not be listed" error={loaded.error} onRetry={loaded.reload} />;
  }
  return (
    <>
      <Table<AccessKey>
        items={keys}
        trackBy="id"
        loading={loaded.loading && loaded.value === undefined}
        loadingText="Loading access keys"
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: "Access keys" }}
        empty={
          <Box textAlign="center" color="inherit" padding="m">
            No access keys. Programs that need one are better served by a role.
          </Box>
        }
        header={
          <Header
            variant="h2"
            counter={loaded.value && `(${keys.length})`}
            description="Use access keys to send programmatic calls from the AWS CLI, SDKs, or direct API calls. You can have a maximum of two access keys (active or inactive) at a time."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={keys.length === 0} onClick={() => setDialogue({ kind: "rotate" })}>
                  Rotate access key
                </Button>
                <Button
                  disabled={loaded.value === undefined || keys.length >= MOST_KEYS}
                  disabledReason={keys.length >= MOST_KEYS ? "There are two access keys already." : undefined}
                  onClick={() => setDialogue({ kind: "create" })}
                >
                  Create access key
                </Button>
              </SpaceBetween>
            }
          >
            Access keys
          </Header>
        }
        columnDefinitions={columns(choose, limits.value)}
      />
      {dialogue?.kind === "create" && <CreateKey userName={userName} onLeave={leave} />}
      {dialogue?.kind === "rotate" && <RotateKey userName={userName} keys={keys} onLeave={() => leave(true)} />}
      {dialogue?.kind === "deactivate" && (
        <ConfirmDelete
          title={`Deactivate ${dialogue.key.id}?`}
          button="Deactivate"
          onConfirm={async () => {
            await setKeyActive(userName, dialogue.key.id, false);
            notify.success(`Access key ${dialogue.key.id} deactivated.`);
            leave(true);
          }}
          onDismiss={() => leave(false)}
        >
          Calls that are made with it are refused from then on. You can activate it again at any time.
        </ConfirmDelete>
      )}
      {dialogue?.kind === "delete" && (
        <ConfirmDelete
          title={`Delete ${dialogue.key.id}?`}
          typed={dialogue.key.id}
          onConfirm={async () => {
            await deleteAccessKey(userName, dialogue.key.id);
            notify.success(`Access key ${dialogue.key.id} deleted.`);
            leave(true);
          }}
          onDismiss={() => leave(false)}
        >
          It cannot be brought back. It was last used: <KeyUseText accessKey={dialogue.key} />.
        </ConfirmDelete>
      )}
    </>
  );
}

function columns(
  choose: (action: string, key: AccessKey) => void,
  limits: AccountSettings | undefined,
): TableProps.ColumnDefinition<AccessKey>[] {
  return [
    {
      id: "id",
      header: "Access key ID",
      isRowHeader: true,
      cell: ({ id }) => <CopyText text={id} label={`access key ID ${id}`} />,
    },
    {
      id: "status",
      header: "Status",
      cell: ({ active }) => (
        <StatusIndicator type={active ? "success" : "stopped"}>{active ? "Active" : "Inactive"}</StatusIndicator>
      ),
    },
    { id: "created", header: "Created", cell: (key) => <KeyAge accessKey={key} limits={limits} /> },
    { id: "used", header: "Last used", cell: (key) => <KeyUseText accessKey={key} /> },
    { id: "region", header: "Last used region", cell: ({ use }) => use?.region ?? "-" },
    { id: "service", header: "Last used service", cell: ({ use }) => use?.service ?? "-" },
    {
      id: "actions",
      header: "Actions",
      cell: (key) => (
        <ButtonDropdown
          variant="inline-icon"
          ariaLabel={`Actions for ${key.id}`}
          expandToViewport
          onItemClick={({ detail }) => choose(detail.id, key)}
          items={[
            { id: "rotate", text: "Rotate" },
            key.active ? { id: "deactivate", text: "Deactivate" } : { id: "activate", text: "Activate" },
            {
              id: "delete",
              text: "Delete",
              disabled: key.active,
              ...(key.active ? { disabledReason: "Deactivate the key first." } : {}),
            },
          ]}
        />
      ),
    },
  ];
}

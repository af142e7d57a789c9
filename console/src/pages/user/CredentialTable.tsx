import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { type ReactNode, useState } from "react";
import type { Loaded } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { Failure } from "#/parts/Failure";
import { Moment } from "#/parts/Moment";

/** A credential that can be switched off and deleted. */
export interface Credential {
  id: string;
  /** What it is for. */
  about: string;
  active: boolean;
  createdAt: Date | undefined;
}

interface Properties {
  /** Such as `SSH public keys`. */
  title: string;
  description: string;
  /** What heads the column of what they are for. */
  aboutHeader: string;
  loaded: Loaded<Credential[]>;
  /** The button that adds one. */
  action?: ReactNode;
  onSetActive: (id: string, active: boolean) => Promise<unknown>;
  onDelete: (id: string) => Promise<unknown>;
}

/** A list of credentials of the simple kinds. */
export function CredentialTable({ title, loaded, action, onSetActive, onDelete, ...texts }: Properties) {
  const notify = useNotify();
  const [deleting, setDeleting] = useState<Credential>();

  async function setActive({ id }: Credential, active: boolean) {
    try {
      await onSetActive(id, active);
      notify.success(`${id} ${active ? "activated" : "deactivated"}.`);
      loaded.reload();
    } catch (error) {
      notify.failure(`${id} could not be ${active ? "activated" : "deactivated"}`, error);
    }
  }

  if (loaded.error && loaded.value === undefined) {
    return <Failure what={`${title} could not be listed`} error={loaded.error} onRetry={loaded.reload} />;
  }
  return (
    <>
      <Table<Credential>
        items={loaded.value ?? []}
        trackBy="id"
        loading={loaded.loading && loaded.value === undefined}
        loadingText={`Loading ${title.toLowerCase()}`}
        ariaLabels={{ tableLabel: title }}
        empty={
          <Box textAlign="center" color="inherit" padding="m">
            There are none.
          </Box>
        }
        header={
          <Header
            variant="h2"
            counter={loaded.value && `(${loaded.value.length})`}
            description={texts.description}
            actions={action}
          >
            {title}
          </Header>
        }
        columnDefinitions={[
          { id: "id", header: "ID", isRowHeader: true, cell: ({ id }) => id },
          { id: "about", header: texts.aboutHeader, cell: ({ about }) => about },
          { id: "created", header: "Created", cell: ({ createdAt }) => <Moment at={createdAt} /> },
          {
            id: "status",
            header: "Status",
            cell: ({ active }) => (
              <StatusIndicator type={active ? "success" : "stopped"}>{active ? "Active" : "Inactive"}</StatusIndicator>
            ),
          },
          {
            id: "actions",
            header: "Actions",
            cell: (credential) => (
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="inline-link" onClick={() => void setActive(credential, !credential.active)}>
                  {credential.active ? "Deactivate" : "Activate"}
                </Button>
                <Button
                  variant="inline-link"
                  ariaLabel={`Delete ${credential.id}`}
                  onClick={() => setDeleting(credential)}
                >
                  Delete
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
      />
      {deleting && (
        <ConfirmDelete
          title={`Delete ${deleting.id}?`}
          onConfirm={async () => {
            await onDelete(deleting.id);
            notify.success(`${deleting.id} deleted.`);
            setDeleting(undefined);
            loaded.reload();
          }}
          onDismiss={() => setDeleting(undefined)}
        >
          It cannot be brought back.
        </ConfirmDelete>
      )}
    </>
  );
}

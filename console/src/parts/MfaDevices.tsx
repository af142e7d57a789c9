import type { MFADevice } from "@aws-sdk/client-iam";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { isVirtual, listMfaDevices, type Owner, removeDevice } from "#/api/mfaDevices";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { useSession, useSessionRefresh } from "#/app/session";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { Failure } from "#/parts/Failure";
import { Moment } from "#/parts/Moment";
import { AssignDevice } from "#/parts/mfa/AssignDevice";
import { ResyncDevice } from "#/parts/mfa/ResyncDevice";

const MOST = 8;
const ROOT_DEVICE = "root-account-mfa-device";

type Dialogue = "assign" | "remove" | "resync";

interface Properties {
  /** Whose devices; one's own when nobody is named. */
  userName?: string;
  /** Within a card of its own heading. */
  embedded?: boolean;
  /** Told when there is one more, or one less. */
  onChange?: () => void;
}

/** The MFA devices of somebody: assigned, removed, resynchronized. */
export function MfaDevices({ userName, embedded = false, onChange }: Properties) {
  const { principal } = useSession();
  const owner = ownerOf(userName ?? principal.userName);
  const name = owner === "root" ? undefined : owner.userName;
  const loaded = useLoad(() => listMfaDevices(ownerOf(name ?? null)), [name]);
  const [selected, setSelected] = useState<MFADevice>();
  const [dialogue, setDialogue] = useState<Dialogue>();
  const notify = useNotify();
  const refreshSession = useSessionRefresh();
  const devices = loaded.value ?? [];
  const serialNumber = selected?.SerialNumber ?? "";
  const close = () => setDialogue(undefined);

  function finish(message: string) {
    close();
    setSelected(undefined);
    notify.success(message);
    loaded.reload();
    if (userName === undefined) refreshSession();
    onChange?.();
  }

  return (
    <>
      <Table<MFADevice>
        variant={embedded ? "embedded" : "container"}
        items={devices}
        trackBy="SerialNumber"
        loading={loaded.loading && !loaded.value}
        loadingText="Loading MFA devices"
        selectionType="single"
        selectedItems={selected ? [selected] : []}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems[0])}
        ariaLabels={{
          tableLabel: "MFA devices",
          selectionGroupLabel: "Select MFA device",
          itemSelectionLabel: (_, device) => `Select ${device.SerialNumber}`,
        }}
        columnDefinitions={[
          { id: "type", header: "Type", cell: ({ SerialNumber = "" }) => kindOf(SerialNumber) },
          {
            id: "identifier",
            header: "Identifier",
            cell: ({ SerialNumber }) => <span style={{ overflowWrap: "anywhere" }}>{SerialNumber}</span>,
            isRowHeader: true,
          },
          { id: "created", header: "Created on", cell: ({ EnableDate }) => <Moment at={EnableDate} /> },
        ]}
        empty={
          loaded.error === undefined ? (
            <Box textAlign="center" color="inherit" padding="s">
              No MFA devices. Assign an MFA device to improve the security of the account.
            </Box>
          ) : (
            <Failure what="MFA devices could not be listed" error={loaded.error} onRetry={loaded.reload} />
          )
        }
        header={
          <Header
            variant={embedded ? "h3" : "h2"}
            {...(loaded.value ? { counter: `(${devices.length})` } : {})}
            description="Use MFA to increase the security of your environment. Signing in with MFA requires a code from an authenticator app, or a passkey. Each user can have a maximum of 8 MFA devices assigned."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={!selected} onClick={() => setDialogue("remove")}>
                  Remove
                </Button>
                {name !== undefined && (
                  <Button disabled={!selected || !isVirtual(serialNumber)} onClick={() => setDialogue("resync")}>
                    Resync
                  </Button>
                )}
                <Button disabled={devices.length >= MOST} onClick={() => setDialogue("assign")}>
                  Assign MFA device
                </Button>
              </SpaceBetween>
            }
          >
            Multi-factor authentication (MFA)
          </Header>
        }
      />
      {dialogue === "assign" && (
        <AssignDevice
          owner={owner}
          proposedName={freeName(name ?? ROOT_DEVICE, devices)}
          onDone={() => finish("The MFA device was assigned.")}
          onDismiss={close}
        />
      )}
      {dialogue === "remove" && (
        <ConfirmDelete
          title="Remove MFA device?"
          button="Remove"
          onConfirm={async () => {
            await removeDevice(owner, serialNumber);
            finish("The MFA device was removed.");
          }}
          onDismiss={close}
        >
          {serialNumber} will no longer be good for signing in.
        </ConfirmDelete>
      )}
      {dialogue === "resync" && name !== undefined && (
        <ResyncDevice
          userName={name}
          serialNumber={serialNumber}
          onDone={() => finish("The MFA device was resynchronized.")}
          onDismiss={close}
        />
      )}
    </>
  );
}

function ownerOf(userName: string | null): Owner {
  return userName === null ? "root" : { userName };
}

function kindOf(serialNumber: string): string {
  return isVirtual(serialNumber) ? "Virtual" : "Passkeys and security keys";
}

/** Returns a name that none of the devices has: one after the other they get numbers. */
function freeName(base: string, devices: MFADevice[]): string {
  const isTaken = (name: string) =>
    devices.some(({ SerialNumber = "" }) => {
      const known = SerialNumber.slice(SerialNumber.lastIndexOf("/") + 1);
      return known === name || known.startsWith(`${name}-`);
    });
  const numbered = devices.map((_, index) => `${base}-${index + 2}`);
  return [base, ...numbered].find((name) => !isTaken(name)) ?? base;
}

import {
  type SAMLPrivateKey,
  UpdateSAMLProviderCommand,
  type UpdateSAMLProviderCommandInput,
} from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import Textarea from "@cloudscape-design/components/textarea";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { iam } from "#/api/clients";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { FormModal } from "#/parts/FormModal";
import { Moment } from "#/parts/Moment";

interface Properties {
  arn: string;
  /** Assertions that are not encrypted are refused. */
  required: boolean;
  keys: SAMLPrivateKey[];
  onChanged: () => void;
}

/** Whether a provider's assertions have to be encrypted, and the private keys that they can be encrypted for. */
export function EncryptionTab({ arn, required, keys, onChanged }: Properties) {
  const [selected, setSelected] = useState<SAMLPrivateKey>();
  const [dialogue, setDialogue] = useState<"add" | "remove">();
  const [pem, setPem] = useState("");
  const [busy, setBusy] = useState(false);
  const notify = useNotify();

  async function change(what: Omit<UpdateSAMLProviderCommandInput, "SAMLProviderArn">, said: string) {
    await iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn: arn, ...what }));
    notify.success(said);
    setDialogue(undefined);
    setSelected(undefined);
    setPem("");
    onChanged();
  }

  async function require(checked: boolean) {
    setBusy(true);
    try {
      await change(
        { AssertionEncryptionMode: checked ? "Required" : "Allowed" },
        checked ? "Assertions have to be encrypted." : "Assertions may be encrypted.",
      );
    } catch (error) {
      notify.failure("The encryption of assertions was not changed", error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <Table<SAMLPrivateKey>
        variant="container"
        items={keys}
        trackBy={(key) => key.KeyId ?? ""}
        selectionType="single"
        selectedItems={selected ? [selected] : []}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems[0])}
        ariaLabels={{
          tableLabel: "Private keys",
          selectionGroupLabel: "Select a private key",
          itemSelectionLabel: (_, key) => `Select ${key.KeyId}`,
        }}
        header={
          <Header
            variant="h2"
            counter={`(${keys.length})`}
            description="The keys that decrypt the provider's assertions. A provider has up to two, so that they can be rotated."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={selected === undefined} onClick={() => setDialogue("remove")}>
                  Remove
                </Button>
                <Button onClick={() => setDialogue("add")}>Add private key</Button>
              </SpaceBetween>
            }
          >
            Private keys
          </Header>
        }
        filter={
          <Toggle checked={required} disabled={busy} onChange={({ detail }) => void require(detail.checked)}>
            Require encrypted assertions
          </Toggle>
        }
        columnDefinitions={[
          { id: "id", header: "Key ID", cell: (key) => key.KeyId, isRowHeader: true },
          { id: "added", header: "Added", cell: (key) => <Moment at={key.Timestamp} /> },
        ]}
        empty="There are no private keys: encrypted assertions cannot be read."
      />
      {dialogue === "add" && (
        <FormModal
          title="Add private key"
          button="Add private key"
          disabled={pem.trim() === ""}
          onSubmit={() => change({ AddPrivateKey: pem }, "Private key added.")}
          onDismiss={() => {
            setDialogue(undefined);
            setPem("");
          }}
        >
          <FormField
            label="Private key"
            description="In PEM. It is kept sealed, and never shown again."
            constraintText="RSA of 2,048 to 4,096 bits, without a passphrase."
          >
            <Textarea value={pem} rows={8} spellcheck={false} onChange={({ detail }) => setPem(detail.value)} />
          </FormField>
        </FormModal>
      )}
      {dialogue === "remove" && selected && (
        <ConfirmDelete
          title={`Remove ${selected.KeyId}?`}
          button="Remove"
          onConfirm={() => change({ RemovePrivateKey: selected.KeyId }, "Private key removed.")}
          onDismiss={() => setDialogue(undefined)}
        >
          Assertions that are encrypted for this key can no longer be read.
        </ConfirmDelete>
      )}
    </>
  );
}

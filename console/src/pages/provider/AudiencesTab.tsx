import {
  AddClientIDToOpenIDConnectProviderCommand,
  RemoveClientIDFromOpenIDConnectProviderCommand,
} from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { iam } from "#/api/clients";
import { useNotify } from "#/app/notifications";
import { LONGEST_AUDIENCE } from "#/pages/create-provider/oidc";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { FormModal } from "#/parts/FormModal";

interface Properties {
  arn: string;
  audiences: string[];
  onChanged: () => void;
}

/** Whom a provider's tokens may be meant for: each can be removed, and others added. */
export function AudiencesTab({ arn, audiences, onChanged }: Properties) {
  const [selected, setSelected] = useState<string>();
  const [dialogue, setDialogue] = useState<"add" | "remove">();
  const [added, setAdded] = useState("");
  const notify = useNotify();
  const audience = added.trim();

  async function change(deed: Promise<unknown>, said: string) {
    await deed;
    notify.success(said);
    setDialogue(undefined);
    setSelected(undefined);
    setAdded("");
    onChanged();
  }

  return (
    <>
      <Table<string>
        variant="container"
        items={audiences}
        trackBy={(each) => each}
        selectionType="single"
        selectedItems={selected === undefined ? [] : [selected]}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems[0])}
        ariaLabels={{
          tableLabel: "Audiences",
          selectionGroupLabel: "Select an audience",
          itemSelectionLabel: (_, each) => `Select ${each}`,
        }}
        header={
          <Header
            variant="h2"
            counter={`(${audiences.length})`}
            description="Also known as client IDs: the applications that the provider's tokens are for."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={selected === undefined} onClick={() => setDialogue("remove")}>
                  Remove
                </Button>
                <Button onClick={() => setDialogue("add")}>Add audience</Button>
              </SpaceBetween>
            }
          >
            Audiences
          </Header>
        }
        columnDefinitions={[{ id: "audience", header: "Audience", cell: (each) => each, isRowHeader: true }]}
        empty="No audience: no token of the provider is taken."
      />
      {dialogue === "add" && (
        <FormModal
          title="Add audience"
          button="Add audience"
          disabled={audience === "" || audience.length > LONGEST_AUDIENCE}
          onSubmit={() =>
            change(
              iam.send(
                new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn, ClientID: audience }),
              ),
              `Audience ${audience} added.`,
            )
          }
          onDismiss={() => setDialogue(undefined)}
        >
          <FormField label="Audience" constraintText={`Up to ${LONGEST_AUDIENCE} characters.`}>
            <Input value={added} autoComplete={false} autoFocus onChange={({ detail }) => setAdded(detail.value)} />
          </FormField>
        </FormModal>
      )}
      {dialogue === "remove" && selected !== undefined && (
        <ConfirmDelete
          title={`Remove ${selected}?`}
          button="Remove"
          onConfirm={() =>
            change(
              iam.send(
                new RemoveClientIDFromOpenIDConnectProviderCommand({
                  OpenIDConnectProviderArn: arn,
                  ClientID: selected,
                }),
              ),
              `Audience ${selected} removed.`,
            )
          }
          onDismiss={() => setDialogue(undefined)}
        >
          Tokens for this audience are refused from then on.
        </ConfirmDelete>
      )}
    </>
  );
}

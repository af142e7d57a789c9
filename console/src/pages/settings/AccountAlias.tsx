import { CreateAccountAliasCommand, DeleteAccountAliasCommand, ListAccountAliasesCommand } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { iam } from "#/api/clients";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { useSession } from "#/app/session";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { CopyText } from "#/parts/CopyText";
import { Failure } from "#/parts/Failure";
import { FormModal } from "#/parts/FormModal";
import { Loading } from "#/parts/Loading";

const ALIAS = /^[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/;

/** The account's other name, which the address of its sign-in page can have in place of the number. */
export function AccountAlias() {
  const { account } = useSession();
  const loaded = useLoad(currentAlias, []);
  const [dialogue, setDialogue] = useState<"set" | "delete">();
  const [entered, setEntered] = useState("");
  const notify = useNotify();
  const alias = loaded.value;

  async function change(deed: Promise<unknown>, said: string) {
    await deed;
    notify.success(said);
    setDialogue(undefined);
    loaded.reload();
  }

  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            alias !== undefined && (
              <SpaceBetween direction="horizontal" size="xs">
                {alias !== "" && <Button onClick={() => setDialogue("delete")}>Delete alias</Button>}
                <Button
                  onClick={() => {
                    setEntered(alias);
                    setDialogue("set");
                  }}
                >
                  {alias === "" ? "Create alias" : "Edit alias"}
                </Button>
              </SpaceBetween>
            )
          }
        >
          Account
        </Header>
      }
    >
      <SpaceBetween size="m">
        {loaded.error !== undefined && (
          <Failure what="The account alias could not be shown" error={loaded.error} onRetry={loaded.reload} />
        )}
        {loaded.loading && alias === undefined && <Loading />}
        <KeyValuePairs
          columns={3}
          minColumnWidth={180}
          items={[
            { label: "Account ID", value: <CopyText text={account.id} label="Account ID" /> },
            ...(alias === undefined
              ? []
              : [
                  { label: "Account alias", value: alias || "Not created" },
                  {
                    label: "Sign-in URL for IAM users in this account",
                    value: <CopyText text={signInUrl(account.signInUrl, alias || account.id)} label="Sign-in URL" />,
                  },
                ]),
          ]}
        />
      </SpaceBetween>
      {dialogue === "set" && (
        <FormModal
          title={alias === "" ? "Create account alias" : "Edit account alias"}
          button="Save changes"
          disabled={!ALIAS.test(entered) || entered === alias}
          onSubmit={() =>
            change(
              iam.send(new CreateAccountAliasCommand({ AccountAlias: entered })),
              `Account alias ${entered} saved.`,
            )
          }
          onDismiss={() => setDialogue(undefined)}
        >
          <FormField
            label="Preferred alias"
            description="It must be the only account of that alias. The address with the account ID works as well."
            constraintText="3 to 63 characters: a-z, 0-9, and single hyphens between them."
            errorText={
              entered !== "" && !ALIAS.test(entered) && "The alias is too short, too long, or has other characters."
            }
          >
            <Input value={entered} autoComplete={false} autoFocus onChange={({ detail }) => setEntered(detail.value)} />
          </FormField>
        </FormModal>
      )}
      {dialogue === "delete" && alias && (
        <ConfirmDelete
          title={`Delete alias ${alias}?`}
          onConfirm={() =>
            change(iam.send(new DeleteAccountAliasCommand({ AccountAlias: alias })), `Account alias ${alias} deleted.`)
          }
          onDismiss={() => setDialogue(undefined)}
        >
          The address of the sign-in page that has the alias stops working; the one with the account ID goes on.
        </ConfirmDelete>
      )}
    </Container>
  );
}

/** Returns the alias; an empty text when there is none. */
async function currentAlias(): Promise<string> {
  return (await iam.send(new ListAccountAliasesCommand({}))).AccountAliases?.[0] ?? "";
}

/** What the session says is as old as the session; the alias may be newer. */
function signInUrl(known: string, account: string): string {
  const url = new URL(known);
  url.searchParams.set("account", account);
  return url.href;
}

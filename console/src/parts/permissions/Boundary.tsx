import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { type BoundedKind, boundaryOf } from "#/api/permissions";
import { nameOfPolicy } from "#/api/policies";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { Failure } from "#/parts/Failure";
import { FormModal } from "#/parts/FormModal";
import { Loading } from "#/parts/Loading";
import { PolicyPicker } from "#/parts/PolicyPicker";
import { RouterLink } from "#/parts/RouterLink";

/** The permissions boundary of a user or role: shown, set, changed, removed. */
export function Boundary({ kind, name }: { kind: BoundedKind; name: string }) {
  const loaded = useLoad(() => boundaryOf[kind].get(name), [kind, name]);
  const [dialogue, setDialogue] = useState<"set" | "remove">();
  const [chosen, setChosen] = useState("");
  const notify = useNotify();
  const { value: boundary, loading, error } = loaded;

  function open() {
    setChosen(boundary ?? "");
    setDialogue("set");
  }

  async function change(deed: () => Promise<unknown>, said: string) {
    await deed();
    notify.success(said);
    setDialogue(undefined);
    loaded.reload();
  }

  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`The most that the policies of the ${kind} can give.`}
          actions={
            !error && (
              <SpaceBetween direction="horizontal" size="xs">
                {boundary && <Button onClick={() => setDialogue("remove")}>Remove boundary</Button>}
                <Button onClick={open}>{boundary ? "Change boundary" : "Set boundary"}</Button>
              </SpaceBetween>
            )
          }
        >
          Permissions boundary {boundary ? "(set)" : error || loading ? "" : "(not set)"}
        </Header>
      }
    >
      {error !== undefined && (
        <Failure what="The permissions boundary could not be shown" error={error} onRetry={loaded.reload} />
      )}
      {!error && loading && boundary === undefined && <Loading />}
      {boundary && <RouterLink to={`/policies/${encodeURIComponent(boundary)}`}>{nameOfPolicy(boundary)}</RouterLink>}
      {!error && !loading && !boundary && (
        <Box color="text-body-secondary">No boundary limits the policies of this {kind}.</Box>
      )}
      {dialogue === "set" && (
        <FormModal
          title="Set permissions boundary"
          button="Set boundary"
          size="max"
          enterSubmits={false}
          disabled={chosen === ""}
          onSubmit={() => change(() => boundaryOf[kind].set(name, chosen), `Permissions boundary of ${name} set.`)}
          onDismiss={() => setDialogue(undefined)}
        >
          <PolicyPicker
            title="Permissions boundary"
            selectionType="single"
            selected={chosen ? [chosen] : []}
            onChange={([arn]) => setChosen(arn ?? "")}
          />
        </FormModal>
      )}
      {dialogue === "remove" && (
        <ConfirmDelete
          title="Remove permissions boundary?"
          button="Remove boundary"
          onConfirm={() => change(() => boundaryOf[kind].remove(name), `Permissions boundary of ${name} removed.`)}
          onDismiss={() => setDialogue(undefined)}
        >
          From then on the {kind} has all the permissions that its policies give.
        </ConfirmDelete>
      )}
    </Container>
  );
}

import type { Tag } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { Loaded } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { EntityTable } from "#/parts/EntityTable";
import { Failure } from "#/parts/Failure";
import { TagsEditor, tagProblems } from "#/parts/TagsEditor";
import { useSubmission } from "#/parts/useSubmission";

/** Saves what was changed.
 *
 * @param tags those that are new or have another value.
 * @param removedKeys the keys of those that are gone. They have to be taken away first: users and roles look past the
 *   case of a key, so that `team`, written for `Team`, would go with it otherwise.
 */
type Save = (tags: Tag[], removedKeys: string[]) => Promise<void>;

/** The tags of something: a list, and in its place a form when they are managed. */
export function TagsTab({ loaded, onSave }: { loaded: Loaded<Tag[]>; onSave: Save }) {
  const [managing, setManaging] = useState(false);

  if (managing && loaded.value) {
    return (
      <TagsForm
        tags={loaded.value}
        onSave={onSave}
        onLeave={(saved) => {
          setManaging(false);
          if (saved) loaded.reload();
        }}
      />
    );
  }
  return (
    <EntityTable<Tag>
      title="Tags"
      noun="tag"
      description="Tags are key-value pairs you can add to AWS resources to help identify, organize, or search for resources."
      variant="container"
      headingTag="h2"
      loaded={loaded}
      trackBy={(tag) => tag.Key ?? ""}
      textOf={(tag) => `${tag.Key} ${tag.Value}`}
      actions={
        <Button disabled={!loaded.value} onClick={() => setManaging(true)}>
          Manage tags
        </Button>
      }
      columns={[
        { id: "key", header: "Key", isRowHeader: true, sortingField: "Key", cell: (tag) => tag.Key },
        { id: "value", header: "Value", sortingField: "Value", cell: (tag) => tag.Value || "-" },
      ]}
    />
  );
}

interface FormProperties {
  tags: Tag[];
  onSave: Save;
  onLeave: (saved: boolean) => void;
}

function TagsForm({ tags: before, onSave, onLeave }: FormProperties) {
  const notify = useNotify();
  const [tags, setTags] = useState(before);
  const [insist, setInsist] = useState(false);
  const { busy, error, run } = useSubmission({ leaves: true });

  async function save() {
    setInsist(true);
    if (tagProblems(tags).length > 0) return;
    await run(async () => {
      await onSave(changedTags(before, tags), removedKeys(before, tags));
      notify.success("Tags updated.");
      onLeave(true);
    });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" variant="link" onClick={() => onLeave(false)}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy}>
              Save changes
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {error !== undefined && <Failure what="The tags could not be saved" error={error} />}
          <Container header={<Header variant="h2">Manage tags</Header>}>
            <TagsEditor tags={tags} onChange={setTags} disabled={busy} insist={insist} />
          </Container>
        </SpaceBetween>
      </Form>
    </form>
  );
}

function changedTags(before: Tag[], after: Tag[]): Tag[] {
  return after.filter((tag) => !before.some((old) => old.Key === tag.Key && old.Value === tag.Value));
}

function removedKeys(before: Tag[], after: Tag[]): string[] {
  const kept = new Set(after.map((tag) => tag.Key));
  return before.flatMap((tag) => (tag.Key && !kept.has(tag.Key) ? [tag.Key] : []));
}

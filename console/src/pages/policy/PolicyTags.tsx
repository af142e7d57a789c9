import { ListPolicyTagsCommand, TagPolicyCommand, UntagPolicyCommand } from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { useLoad } from "#/api/useLoad";
import { TagsTab } from "#/parts/TagsTab";

export function PolicyTags({ arn }: { arn: string }) {
  const tags = useLoad(
    () =>
      listAll(
        (Marker) => iam.send(new ListPolicyTagsCommand({ PolicyArn: arn, Marker })),
        (page) => page.Tags,
      ),
    [arn],
  );
  return (
    <TagsTab
      loaded={tags}
      onSave={async (changed, removed) => {
        if (removed.length > 0) await iam.send(new UntagPolicyCommand({ PolicyArn: arn, TagKeys: removed }));
        if (changed.length > 0) await iam.send(new TagPolicyCommand({ PolicyArn: arn, Tags: changed }));
      }}
    />
  );
}

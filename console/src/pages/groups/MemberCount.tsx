import { GetGroupCommand } from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { useLoad } from "#/api/useLoad";
import { RowFact } from "#/parts/RowFact";

const MOST_COUNTED = 100;

/** How many users a group has; a list of groups does not say. */
export function MemberCount({ group }: { group: string }) {
  const loaded = useLoad(() => iam.send(new GetGroupCommand({ GroupName: group, MaxItems: MOST_COUNTED })), [group]);
  return (
    <RowFact loaded={loaded}>
      {(page) => (page.IsTruncated ? `${MOST_COUNTED}+` : String(page.Users?.length ?? 0))}
    </RowFact>
  );
}

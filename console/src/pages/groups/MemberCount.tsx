import { GetGroupCommand } from "@aws-sdk/client-iam";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { iam } from "#/api/clients";
import { describe } from "#/api/refusal";
import { useLoad } from "#/api/useLoad";

const MOST_COUNTED = 100;

/** How many users a group has, asked for when its row is drawn; a list of groups does not say. */
export function MemberCount({ group }: { group: string }) {
  const { value, error } = useLoad(
    () => iam.send(new GetGroupCommand({ GroupName: group, MaxItems: MOST_COUNTED })),
    [group],
  );
  if (error) {
    return (
      <span title={describe(error).message}>
        <StatusIndicator type="warning">{describe(error).denied ? "No permission" : "Not known"}</StatusIndicator>
      </span>
    );
  }
  if (value === undefined) return <StatusIndicator type="loading">Loading</StatusIndicator>;
  return value.IsTruncated ? `${MOST_COUNTED}+` : String(value.Users?.length ?? 0);
}

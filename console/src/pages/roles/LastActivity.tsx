import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { describe } from "#/api/refusal";
import { getRole } from "#/api/roles";
import { useLoad } from "#/api/useLoad";
import { Moment } from "#/parts/Moment";

/** When a role was last used, asked for when its row is drawn; a list of roles does not say. */
export function LastActivity({ role }: { role: string }) {
  const { value, error } = useLoad(() => getRole(role), [role]);
  if (error) {
    return (
      <span title={describe(error).message}>
        <StatusIndicator type="warning">{describe(error).denied ? "No permission" : "Not known"}</StatusIndicator>
      </span>
    );
  }
  if (value === undefined) return <StatusIndicator type="loading">Loading</StatusIndicator>;
  return <Moment at={value.RoleLastUsed?.LastUsedDate} />;
}

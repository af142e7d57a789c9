import { getRole } from "#/api/roles";
import { useLoad } from "#/api/useLoad";
import { Moment } from "#/parts/Moment";
import { RowFact } from "#/parts/RowFact";

/** When a role was last used; a list of roles does not say. */
export function LastActivity({ role }: { role: string }) {
  const loaded = useLoad(() => getRole(role), [role]);
  return <RowFact loaded={loaded}>{(known) => <Moment at={known?.RoleLastUsed?.LastUsedDate} />}</RowFact>;
}

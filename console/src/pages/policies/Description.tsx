import Box from "@cloudscape-design/components/box";
import { getPolicy } from "#/api/managedPolicies";
import { kindOfPolicy } from "#/api/policies";
import { describe } from "#/api/refusal";
import { useLoad } from "#/api/useLoad";

/** What the account's own policies say that they are for. Lists leave it out, so it is asked for row by row. */
export function Description({ arn }: { arn: string }) {
  const { value, error } = useLoad(
    async () => (kindOfPolicy(arn) === "Customer managed" ? ((await getPolicy(arn))?.Description ?? "") : ""),
    [arn],
  );
  if (error !== undefined) return <Box color="text-body-secondary">{describe(error).code}</Box>;
  return value || "-";
}

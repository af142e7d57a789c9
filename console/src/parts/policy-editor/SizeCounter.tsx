import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { sizeOf } from "#/api/policyDocuments";

/** How much of the policy's quota is used; IAM leaves white space out of account. */
export function SizeCounter({ text, limit }: { text: string; limit: number }) {
  const left = limit - sizeOf(text);
  const characters = Math.abs(left).toLocaleString("en");
  const allowed = limit.toLocaleString("en");
  if (left < 0)
    return <StatusIndicator type="error">{`${characters} characters over the limit of ${allowed}`}</StatusIndicator>;
  return (
    <Box color="text-body-secondary" fontSize="body-s">
      {characters} of {allowed} characters remaining, white space not counted
    </Box>
  );
}

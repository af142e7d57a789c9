import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { sizeOf } from "#/api/policyDocuments";

/** How much of the policy's quota is used; IAM leaves white space out of account. */
export function SizeCounter({ text, limit }: { text: string; limit: number }) {
  const left = limit - sizeOf(text);
  const characters = `${Math.abs(left).toLocaleString("en")} of ${limit.toLocaleString("en")} characters`;
  if (left >= 0)
    return <StatusIndicator type="info">{`${characters} remaining, white space not counted`}</StatusIndicator>;
  return (
    <StatusIndicator type="error">{`${Math.abs(left).toLocaleString("en")} characters more than the ${limit.toLocaleString("en")} allowed`}</StatusIndicator>
  );
}

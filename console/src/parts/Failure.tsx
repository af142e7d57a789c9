import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import { describe } from "#/api/refusal";

/** What could not be shown or done, and why: a refusal says which permission is missing, in AWS's own sentence. */
export function Failure({ what, error, onRetry }: { what: string; error: unknown; onRetry?: () => void }) {
  const { code, message, denied } = describe(error);
  return (
    <Alert
      type={denied ? "warning" : "error"}
      header={denied ? "You don't have permission" : what}
      statusIconAriaLabel={denied ? "Warning" : "Error"}
      {...(onRetry ? { buttonText: "Try again", onButtonClick: onRetry } : {})}
    >
      {denied && <Box>{what}.</Box>}
      <Box variant="code" fontSize="body-s">
        {code}
      </Box>{" "}
      {message}
    </Alert>
  );
}

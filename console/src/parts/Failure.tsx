import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import { describe } from "#/api/refusal";
import { RouterLink } from "#/parts/RouterLink";

/** What could not be shown or done, and why: a refusal says which permission is missing, in AWS's own sentence. */
export function Failure({ what, error, onRetry }: { what: string; error: unknown; onRetry?: () => void }) {
  const { code, message, denied } = describe(error);
  const why = denied ? whyPath(message) : undefined;
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
      {message} {why && <RouterLink to={why}>Why?</RouterLink>}
    </Alert>
  );
}

const REFUSED = /is not authorized to perform: (\S+)(?: on resource: (\S+))?/;

/** Returns where the refused request is explained; nothing when the sentence names no resource that can be asked about. */
function whyPath(message: string): string | undefined {
  const [, action, resource] = REFUSED.exec(message) ?? [];
  if (action === undefined || (resource !== undefined && !/^(\*|arn:.+)$/.test(resource))) return undefined;
  return `/why?${new URLSearchParams({ action, ...(resource ? { resource } : {}) })}`;
}

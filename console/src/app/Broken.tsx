import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useRouteError } from "react-router";
import { describe } from "#/api/refusal";

/** In place of a page that failed; the rest of the console goes on. */
export function Broken() {
  const error = useRouteError();
  return (
    <Box padding="xxl">
      <Alert
        type="error"
        header="This page could not be shown"
        action={<Button onClick={() => window.location.reload()}>Reload</Button>}
      >
        {describe(error).message}
      </Alert>
    </Box>
  );
}

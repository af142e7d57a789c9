import Popover from "@cloudscape-design/components/popover";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { AccessKey } from "#/api/accessKeys";
import { describe } from "#/api/refusal";
import { Moment } from "#/parts/Moment";

/** When a key was last used, or why that cannot be said. */
export function KeyUseText({ accessKey: { use, useError } }: { accessKey: AccessKey }) {
  if (use) return <Moment at={use.at} none="Never" />;
  return (
    <Popover content={describe(useError).message} dismissAriaLabel="Close">
      <StatusIndicator type="warning">Not known</StatusIndicator>
    </Popover>
  );
}

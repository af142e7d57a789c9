import Popover from "@cloudscape-design/components/popover";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { describe } from "#/api/refusal";
import type { Loaded } from "#/api/useLoad";

interface Properties<T> {
  loaded: Loaded<T>;
  children: (value: T) => ReactNode;
}

/** One fact of a summary; when it may not be known, that is said in its place, with the reason at hand. */
export function Fact<T>({ loaded, children }: Properties<T>) {
  if (loaded.error !== undefined) {
    const { message, denied } = describe(loaded.error);
    return (
      <Popover content={message} dismissAriaLabel="Close" triggerType="text">
        <StatusIndicator type="warning">{denied ? "You don't have permission" : "Not known"}</StatusIndicator>
      </Popover>
    );
  }
  if (loaded.value === undefined) return <StatusIndicator type="loading">Loading</StatusIndicator>;
  return children(loaded.value);
}

import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { describe } from "#/api/refusal";
import type { Loaded } from "#/api/useLoad";

/** What a list does not say of a row, asked for when the row is drawn; when it may not be known, that is said there. */
export function RowFact<T>({ loaded, children }: { loaded: Loaded<T>; children: (value: T) => ReactNode }) {
  if (loaded.error) {
    const { message, denied } = describe(loaded.error);
    return (
      <span title={message}>
        <StatusIndicator type="warning">{denied ? "No permission" : "Not known"}</StatusIndicator>
      </span>
    );
  }
  if (loaded.value === undefined) return <StatusIndicator type="loading">Loading</StatusIndicator>;
  return children(loaded.value);
}

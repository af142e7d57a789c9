import { lazy, type Ref, Suspense } from "react";
import type { Finding } from "#/api/policyFindings";
import { Loading } from "#/parts/Loading";

export interface JsonEditorHandle {
  /** Puts the caret at an offset, and looks there. */
  goTo(offset: number): void;
}

export interface JsonEditorProperties {
  value: string;
  onChange?: (text: string) => void;
  /** What the text is; its accessible name. */
  label: string;
  /** Marked where they are, in the text and beside it. */
  findings?: Finding[];
  readOnly?: boolean;
  ref?: Ref<JsonEditorHandle>;
}

// Only who sees a document loads the editor.
const CodeEditor = lazy(() => import("#/parts/policy-editor/CodeEditor"));

/** A JSON text to write or to read. Tab leaves it: Ctrl+] and Ctrl+[ indent. */
export function JsonEditor(properties: JsonEditorProperties) {
  return (
    <Suspense fallback={<Loading />}>
      <CodeEditor {...properties} />
    </Suspense>
  );
}

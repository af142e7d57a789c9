import { json } from "@codemirror/lang-json";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useIsDark } from "#/app/theme";
import type { DiffProperties } from "#/parts/PolicyDiff";
import { dark, light } from "#/parts/policy-editor/codeLook";
import { shadowOf } from "#/parts/policy-editor/shadow";

const COLLAPSE = { margin: 3, minSize: 6 };

/** Two texts, with what differs marked. */
export default function DiffView({
  before,
  after,
  beforeLabel,
  afterLabel,
  unified,
}: DiffProperties & { unified: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  const isDark = useIsDark();

  useEffect(() => {
    if (host.current === null) return;
    const root = shadowOf(host.current);
    const common = [lineNumbers(), json(), EditorView.lineWrapping, reading, isDark ? dark : light];
    const view = unified
      ? new EditorView({
          root,
          parent: root,
          doc: after,
          extensions: [
            ...common,
            named(`Changes from ${beforeLabel} to ${afterLabel}`),
            unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: COLLAPSE }),
          ],
        })
      : new MergeView({
          root,
          parent: root,
          a: { doc: before, extensions: [...common, named(beforeLabel)] },
          b: { doc: after, extensions: [...common, named(afterLabel)] },
          collapseUnchanged: COLLAPSE,
        });
    return () => view.destroy();
  }, [before, after, beforeLabel, afterLabel, unified, isDark]);

  return <div ref={host} />;
}

const reading: Extension = [
  EditorState.readOnly.of(true),
  EditorView.contentAttributes.of({ "aria-readonly": "true" }),
];

function named(label: string): Extension {
  return EditorView.contentAttributes.of({ "aria-label": label });
}

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useImperativeHandle, useRef } from "react";
import type { Finding, Severity } from "#/api/policyFindings";
import { useIsDark } from "#/app/theme";
import type { JsonEditorProperties } from "#/parts/JsonEditor";
import { dark, light } from "#/parts/policy-editor/codeLook";
import { shadowOf } from "#/parts/policy-editor/shadow";

const theme = new Compartment();

const SEVERITIES: Record<Severity, Diagnostic["severity"]> = {
  ERROR: "error",
  SECURITY_WARNING: "warning",
  WARNING: "warning",
  SUGGESTION: "info",
};

/** CodeMirror, held to a text that belongs to somebody else. */
export default function CodeEditor({ value, onChange, label, findings, readOnly = false, ref }: JsonEditorProperties) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const tell = useRef(onChange);
  const isDark = useIsDark();
  tell.current = onChange;

  // The text, the theme and the findings have effects of their own.
  useEffect(() => {
    if (host.current === null) return;
    const root = shadowOf(host.current);
    const made = new EditorView({
      root,
      parent: root,
      doc: value,
      extensions: [
        reading(label),
        readOnly ? asReadOnly : writing,
        theme.of(isDark ? dark : light),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) tell.current?.(update.state.doc.toString());
        }),
      ],
    });
    view.current = made;
    return () => made.destroy();
  }, [label, readOnly]);

  useEffect(() => {
    const { current } = view;
    if (current === null || current.state.doc.toString() === value) return;
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: theme.reconfigure(isDark ? dark : light) });
  }, [isDark]);

  useEffect(() => {
    const { current } = view;
    if (current === null || findings === undefined) return;
    const { length } = current.state.doc;
    current.dispatch(
      setDiagnostics(
        current.state,
        findings.map((finding) => diagnostic(finding, length)),
      ),
    );
  }, [findings]);

  useImperativeHandle(ref, () => ({
    goTo(offset) {
      const { current } = view;
      if (current === null) return;
      const anchor = Math.min(offset, current.state.doc.length);
      current.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
      current.focus();
    },
  }));

  return <div ref={host} />;
}

function reading(label: string): Extension {
  return [
    lineNumbers(),
    foldGutter(),
    json(),
    bracketMatching(),
    EditorView.contentAttributes.of({ "aria-label": label }),
    keymap.of(foldKeymap),
  ];
}

// The text stays in the order of focus, so that who has no pointer can read and scroll it.
const asReadOnly: Extension = [
  EditorState.readOnly.of(true),
  EditorView.contentAttributes.of({ "aria-readonly": "true", tabindex: "0" }),
  keymap.of(defaultKeymap),
];

const writing: Extension = [
  lintGutter(),
  history(),
  indentOnInput(),
  indentUnit.of("    "),
  EditorState.tabSize.of(4),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  EditorView.theme({ ".cm-content": { minHeight: "20em" } }),
  keymap.of([...defaultKeymap, ...historyKeymap]),
];

/** The text may have been cut short since the finding was made. */
function diagnostic(finding: Finding, length: number): Diagnostic {
  return {
    from: Math.min(finding.from, length),
    to: Math.min(finding.to, length),
    severity: SEVERITIES[finding.severity],
    message: finding.message,
    source: finding.code,
  };
}

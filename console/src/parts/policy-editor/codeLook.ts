import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

interface Palette {
  text: string;
  background: string;
  gutter: string;
  line: string;
  border: string;
  focus: string;
  selection: string;
  bracket: string;
  name: string;
  string: string;
  value: string;
  removed: string;
  removedText: string;
  added: string;
  addedText: string;
}

const LIGHT: Palette = {
  text: "#0f141a",
  background: "#ffffff",
  gutter: "#656871",
  line: "#f3f3f7",
  border: "#8c8c94",
  focus: "#006ce0",
  selection: "#b8e7ff",
  bracket: "#d1f1ff",
  name: "#0033a0",
  string: "#0b6a24",
  value: "#8a3ab9",
  removed: "#fff1f0",
  removedText: "#ffcfca",
  added: "#ecfbee",
  addedText: "#bdeec4",
};

const DARK: Palette = {
  text: "#dedee3",
  background: "#161d26",
  gutter: "#a4a4ad",
  line: "#1e2733",
  border: "#656871",
  focus: "#42b4ff",
  selection: "#002b66",
  bracket: "#1b3a5c",
  name: "#75cfff",
  string: "#7ee29a",
  value: "#d8a9ff",
  removed: "#35181b",
  removedText: "#7a2a30",
  added: "#14301c",
  addedText: "#1f6a34",
};

export const light = look(LIGHT, false);
export const dark = look(DARK, true);

/** Cloudscape's look, as far as its colours can be had outside of its components. */
function look(palette: Palette, isDark: boolean): Extension {
  const theme = EditorView.theme(
    {
      "&": {
        color: palette.text,
        backgroundColor: palette.background,
        border: `1px solid ${palette.border}`,
        borderRadius: "8px",
        overflow: "hidden",
        fontSize: "14px",
        maxHeight: "70vh",
      },
      "&.cm-focused": { outline: `2px solid ${palette.focus}`, outlineOffset: "1px" },
      ".cm-scroller": {
        fontFamily: "Monaco, Menlo, Consolas, 'Courier Prime', monospace",
        lineHeight: "1.5",
        overflow: "auto",
      },
      ".cm-content": { caretColor: palette.text, padding: "8px 0" },
      ".cm-cursor": { borderLeftColor: palette.text },
      ".cm-gutters": { color: palette.gutter, backgroundColor: palette.background, border: "none" },
      ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: palette.line },
      ".cm-content ::selection": { backgroundColor: palette.selection },
      "&.cm-focused .cm-matchingBracket": { backgroundColor: palette.bracket },
      ".cm-tooltip": {
        color: palette.text,
        backgroundColor: palette.background,
        border: `1px solid ${palette.border}`,
        borderRadius: "8px",
        maxWidth: "min(480px, 90vw)",
      },
      ".cm-diagnostic": { fontFamily: "'Open Sans', Helvetica, Arial, sans-serif", whiteSpace: "pre-wrap" },
      ".cm-changedLine, .cm-insertedLine": { backgroundColor: palette.added },
      "&.cm-merge-a .cm-changedLine, .cm-deletedLine, .cm-deletedChunk": { backgroundColor: palette.removed },
      "&.cm-merge-b .cm-changedText, &.cm-merge-b .cm-insertedLine .cm-changedText": { background: palette.addedText },
      ".cm-changedText, .cm-insertedLine .cm-changedText": { background: palette.addedText },
      "&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText": { background: palette.removedText },
      ".cm-collapsedLines": { color: palette.text, background: palette.line },
      // CodeMirror's own sign is in few fonts.
      ".cm-collapsedLines::before, .cm-collapsedLines::after": { content: "'···'" },
    },
    { dark: isDark },
  );
  const highlighting = HighlightStyle.define([
    { tag: tags.propertyName, color: palette.name },
    { tag: tags.string, color: palette.string },
    { tag: [tags.number, tags.bool, tags.null], color: palette.value },
  ]);
  return [theme, syntaxHighlighting(highlighting)];
}

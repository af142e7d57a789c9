import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { lazy, Suspense, useRef, useState } from "react";
import { MANAGED_POLICY_LIMIT, TRUST_POLICY_LIMIT } from "#/api/policyDocuments";
import type { PolicyPurpose } from "#/api/policyFindings";
import { JsonEditor, type JsonEditorHandle } from "#/parts/JsonEditor";
import { Loading } from "#/parts/Loading";
import { FindingsList } from "#/parts/policy-editor/FindingsList";
import { SizeCounter } from "#/parts/policy-editor/SizeCounter";
import { usePolicyFindings } from "#/parts/policy-editor/usePolicyFindings";

const VisualEditor = lazy(() => import("#/parts/policy-editor/VisualEditor"));

interface Properties {
  /** The document, as JSON. */
  value: string;
  onChange: (document: string) => void;
  kind: PolicyPurpose;
  /** How many characters it may have, white space not counted. */
  limit?: number;
  /** The tab to begin with. */
  begin?: "visual" | "json";
}

/** A policy to write, as JSON or statement by statement. Both tabs are views of the one text. */
export function PolicyEditor({ value, onChange, kind, limit = limitOf(kind), begin = "json" }: Properties) {
  const [tab, setTab] = useState<string>(begin);
  const editor = useRef<JsonEditorHandle>(null);
  const checked = usePolicyFindings(value, kind);
  return (
    <SpaceBetween size="m">
      <Tabs
        ariaLabel="Policy editor"
        activeTabId={tab}
        onChange={({ detail }) => setTab(detail.activeTabId)}
        tabs={[
          {
            id: "visual",
            label: "Visual",
            content: (
              <Suspense fallback={<Loading />}>
                <VisualEditor value={value} onChange={onChange} kind={kind} onShowJson={() => setTab("json")} />
              </Suspense>
            ),
          },
          {
            id: "json",
            label: "JSON",
            content: (
              <JsonEditor
                ref={editor}
                label="Policy document"
                value={value}
                onChange={onChange}
                findings={checked.findings}
              />
            ),
          },
        ]}
      />
      <SizeCounter text={value} limit={limit} />
      <FindingsList
        checked={checked}
        {...(tab === "json" ? { onGoTo: (offset) => editor.current?.goTo(offset) } : {})}
      />
    </SpaceBetween>
  );
}

function limitOf(kind: PolicyPurpose): number {
  return kind === "trust" ? TRUST_POLICY_LIMIT : MANAGED_POLICY_LIMIT;
}

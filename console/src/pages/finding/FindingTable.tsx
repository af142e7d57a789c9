import Button from "@cloudscape-design/components/button";
import Select from "@cloudscape-design/components/select";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { actorNameOf, pageOfArn, shortNameOf } from "#/api/resourcePages";
import type { Finding, SomeFindings } from "#/api/securityHub";
import type { Loaded } from "#/api/useLoad";
import { ChangeWorkflow } from "#/pages/finding/ChangeWorkflow";
import { CHOICES, MOST, reasonOf, resourceOf, STATES, type State, stateOf } from "#/pages/finding/findings";
import { History } from "#/pages/finding/History";
import { EntityTable } from "#/parts/EntityTable";
import { exact, Moment } from "#/parts/Moment";
import { RouterLink } from "#/parts/RouterLink";

type Dialogue = { kind: "suppress" | "lift"; findings: Finding[] } | { kind: "history"; finding: Finding };

const LOOKS: Record<State, StatusIndicatorProps.Type> = {
  FAILED: "error",
  SUPPRESSED: "stopped",
  NOT_AVAILABLE: "warning",
  PASSED: "success",
};
const STATE_ORDER = Object.keys(STATES);

interface Properties {
  loaded: Loaded<SomeFindings>;
  /** One of `CHOICES`. */
  shown: string;
  onShow: (shown: string) => void;
}

/** What a control says of each resource, and what people make of it. */
export function FindingTable({ loaded, shown, onShow }: Properties) {
  const [selected, setSelected] = useState<Finding[]>([]);
  const [dialogue, setDialogue] = useState<Dialogue>();
  const known = loaded.value?.findings ?? [];
  // What was selected is no more, or has changed, when the list is another.
  const chosen = known.filter(({ Id }) => selected.some((each) => each.Id === Id));
  const toSuppress = chosen.filter((finding) => stateOf(finding) !== "SUPPRESSED");
  const toLift = chosen.filter((finding) => stateOf(finding) === "SUPPRESSED");

  function leave(changed: boolean) {
    setDialogue(undefined);
    if (!changed) return;
    setSelected([]);
    loaded.reload();
  }

  return (
    <>
      <EntityTable<Finding>
        title="Resources"
        noun="resource"
        preferencesKey="finding"
        description={
          loaded.value?.hasMore && !loaded.loading
            ? `There are more than ${MOST.toLocaleString("en")}; those that fail come first.`
            : "What the control says of each, and why."
        }
        variant="container"
        headingTag="h2"
        wrapLines
        loaded={{ ...loaded, value: loaded.value?.findings }}
        columns={columns((finding) => setDialogue({ kind: "history", finding }))}
        trackBy={({ Id }) => Id}
        labelOf={resourceOf}
        textOf={(finding) => `${resourceOf(finding)} ${reasonOf(finding)} ${finding.Note?.Text ?? ""}`}
        selectionType="multi"
        selected={chosen}
        onSelect={setSelected}
        actions={
          <>
            <Button disabled={toLift.length === 0} onClick={() => setDialogue({ kind: "lift", findings: toLift })}>
              Stop suppressing
            </Button>
            <Button
              disabled={toSuppress.length === 0}
              onClick={() => setDialogue({ kind: "suppress", findings: toSuppress })}
            >
              Suppress
            </Button>
          </>
        }
        filters={
          <Select
            ariaLabel="Status"
            options={CHOICES}
            selectedOption={CHOICES.find(({ value }) => value === shown) ?? CHOICES[0]}
            onChange={({ detail }) => onShow(detail.selectedOption.value ?? "all")}
          />
        }
      />
      {dialogue?.kind === "history" && <History finding={dialogue.finding} onDismiss={() => setDialogue(undefined)} />}
      {(dialogue?.kind === "suppress" || dialogue?.kind === "lift") && (
        <ChangeWorkflow findings={dialogue.findings} lifts={dialogue.kind === "lift"} onLeave={leave} />
      )}
    </>
  );
}

function byState(a: Finding, b: Finding): number {
  const states = STATE_ORDER.indexOf(stateOf(a)) - STATE_ORDER.indexOf(stateOf(b));
  return states || byResource(a, b);
}

function byResource(a: Finding, b: Finding): number {
  return resourceOf(a).localeCompare(resourceOf(b));
}

function byTime(a: Finding, b: Finding): number {
  return b.UpdatedAt.localeCompare(a.UpdatedAt);
}

function columns(onHistory: (finding: Finding) => void): TableProps.ColumnDefinition<Finding>[] {
  return [
    {
      id: "state",
      header: "Status",
      cell: (finding) => <StatusIndicator type={LOOKS[stateOf(finding)]}>{STATES[stateOf(finding)]}</StatusIndicator>,
      sortingComparator: byState,
      minWidth: 130,
    },
    {
      id: "resource",
      header: "Resource",
      isRowHeader: true,
      cell: (finding) => <Resource id={resourceOf(finding)} />,
      sortingComparator: byResource,
      minWidth: 150,
    },
    { id: "reason", header: "Reason", cell: (finding) => <Reason finding={finding} />, minWidth: 240 },
    {
      id: "since",
      header: "Since",
      cell: ({ UpdatedAt }) => <Moment at={new Date(UpdatedAt)} />,
      sortingComparator: byTime,
      minWidth: 110,
    },
    {
      id: "history",
      header: "History",
      cell: (finding) => (
        <Button
          variant="inline-link"
          ariaLabel={`History of ${resourceOf(finding)}`}
          onClick={() => onHistory(finding)}
        >
          History
        </Button>
      ),
    },
  ];
}

function Resource({ id }: { id: string }) {
  const path = pageOfArn(id);
  return <span title={id}>{path ? <RouterLink to={path}>{shortNameOf(id)}</RouterLink> : shortNameOf(id)}</span>;
}

function Reason({ finding }: { finding: Finding }) {
  const { Note } = finding;
  if (stateOf(finding) !== "SUPPRESSED" || Note === undefined) return reasonOf(finding);
  return (
    <>
      {reasonOf(finding)}
      <br />
      Suppressed by {actorNameOf(Note.UpdatedBy)} on {exact(new Date(Note.UpdatedAt))}: {Note.Text}
    </>
  );
}

import Box from "@cloudscape-design/components/box";
import Modal from "@cloudscape-design/components/modal";
import Table from "@cloudscape-design/components/table";
import { actorNameOf, shortNameOf } from "#/api/resourcePages";
import { type Finding, type FindingRecord, findingHistory } from "#/api/securityHub";
import { useLoad } from "#/api/useLoad";
import { resourceOf } from "#/pages/finding/findings";
import { Failure } from "#/parts/Failure";
import { exact } from "#/parts/Moment";

const NAMES: Record<string, string> = {
  "Compliance.Status": "Status",
  "Workflow.Status": "Workflow",
  "Note.Text": "Note",
  "Note.UpdatedBy": "Note by",
  RecordState: "Record",
};

/** What became of a finding over time: what the control said, and what people made of it. */
export function History({ finding, onDismiss }: { finding: Finding; onDismiss: () => void }) {
  const { value, error, loading, reload } = useLoad(() => findingHistory(finding), [finding.Id]);
  return (
    <Modal
      visible
      size="large"
      header={`History of ${shortNameOf(resourceOf(finding))}`}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
    >
      {error !== undefined ? (
        <Failure what="The history could not be shown" error={error} onRetry={reload} />
      ) : (
        <Table<FindingRecord>
          variant="embedded"
          items={value ?? []}
          loading={loading}
          loadingText="Loading the history"
          wrapLines
          ariaLabels={{ tableLabel: "History" }}
          empty={<Box textAlign="center">Nothing is kept of it.</Box>}
          columnDefinitions={[
            { id: "time", header: "Time", cell: ({ UpdateTime }) => exact(new Date(UpdateTime)), minWidth: 130 },
            {
              id: "by",
              header: "By",
              cell: ({ UpdateSource: { Type, Identity } }) =>
                Type === "BATCH_IMPORT_FINDINGS" ? "The control" : actorNameOf(Identity),
              minWidth: 100,
            },
            { id: "change", header: "Change", cell: (record) => <Change record={record} />, minWidth: 220 },
          ]}
        />
      )}
    </Modal>
  );
}

function Change({ record: { FindingCreated, Updates } }: { record: FindingRecord }) {
  if (FindingCreated) return "First looked at";
  return (
    <ul className="plain-list">
      {Updates.map(({ UpdatedField, OldValue = "-", NewValue = "-" }) => (
        <li key={UpdatedField}>
          {NAMES[UpdatedField] ?? UpdatedField}: {OldValue} → {NewValue}
        </li>
      ))}
    </ul>
  );
}

import Modal from "@cloudscape-design/components/modal";
import { getDocument } from "#/api/managedPolicies";
import { useLoad } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";
import { PolicyDocument } from "#/parts/PolicyDocument";

/** One version of a policy, to read. */
export function VersionDocument({ arn, version, onDismiss }: { arn: string; version: string; onDismiss: () => void }) {
  const { value, error, reload } = useLoad(() => getDocument(arn, version), [arn, version]);
  return (
    <Modal visible size="large" header={`Version ${version}`} closeAriaLabel="Close" onDismiss={onDismiss}>
      {error !== undefined && <Failure what="The version could not be shown" error={error} onRetry={reload} />}
      {value !== undefined ? (
        <PolicyDocument document={value} label={`Version ${version}`} />
      ) : (
        error === undefined && <Loading />
      )}
    </Modal>
  );
}

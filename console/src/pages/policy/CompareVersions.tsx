import Modal from "@cloudscape-design/components/modal";
import { getDocument } from "#/api/managedPolicies";
import { useLoad } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";
import { PolicyDiff } from "#/parts/PolicyDiff";

interface Properties {
  arn: string;
  before: string;
  after: string;
  onDismiss: () => void;
}

/** What changed from one version of a policy to another. */
export function CompareVersions({ arn, before, after, onDismiss }: Properties) {
  const { value, error, reload } = useLoad(
    () => Promise.all([getDocument(arn, before), getDocument(arn, after)]),
    [arn, before, after],
  );
  return (
    <Modal visible size="max" header={`Compare ${before} with ${after}`} closeAriaLabel="Close" onDismiss={onDismiss}>
      {error !== undefined && <Failure what="The versions could not be shown" error={error} onRetry={reload} />}
      {value ? (
        <PolicyDiff
          before={value[0]}
          after={value[1]}
          beforeLabel={`Version ${before}`}
          afterLabel={`Version ${after}`}
        />
      ) : (
        error === undefined && <Loading />
      )}
    </Modal>
  );
}

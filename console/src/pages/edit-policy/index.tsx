import { useParams } from "react-router";
import { getDocument, getPolicy, listVersions } from "#/api/managedPolicies";
import { useLoad } from "#/api/useLoad";
import { EditPolicy } from "#/pages/edit-policy/EditPolicy";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";

/** Changes a managed policy, beginning with the version that is in force. */
export default function EditPolicyPage() {
  const { arn = "" } = useParams();
  const { value, error, reload } = useLoad(async () => {
    const [policy, versions] = await Promise.all([getPolicy(arn), listVersions(arn)]);
    const version = policy?.DefaultVersionId ?? "";
    return { versions, version, document: await getDocument(arn, version) };
  }, [arn]);
  if (error !== undefined) return <Failure what="The policy could not be opened" error={error} onRetry={reload} />;
  return value ? <EditPolicy arn={arn} {...value} /> : <Loading />;
}

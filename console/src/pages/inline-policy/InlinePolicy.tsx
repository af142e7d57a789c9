import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { useNavigate } from "react-router";
import { inlinePoliciesOf } from "#/api/inlinePolicies";
import type { PrincipalKind } from "#/api/permissions";
import { INLINE_POLICY_LIMITS } from "#/api/policyDocuments";
import { useNotify } from "#/app/notifications";
import { PolicyDiff } from "#/parts/PolicyDiff";
import { PolicySummary } from "#/parts/PolicySummary";
import { PolicyName, policyNameProblem } from "#/parts/policy-editor/PolicyName";
import { PolicyWizard } from "#/parts/policy-editor/PolicyWizard";

interface Properties {
  kind: PrincipalKind;
  owner: string;
  /** The name of the policy that is changed; undefined for a new one. */
  existing: string | undefined;
  document: string;
}

export function InlinePolicy({ kind, owner, existing, document: before }: Properties) {
  const navigate = useNavigate();
  const notify = useNotify();
  const [document, setDocument] = useState(before);
  const [name, setName] = useState(existing ?? "");
  const [tried, setTried] = useState(false);
  const wrongName = policyNameProblem(name);
  const page = `/${kind}s/${encodeURIComponent(owner)}?tab=permissions`;

  return (
    <PolicyWizard
      title={existing === undefined ? "Specify permissions" : `Modify permissions in ${existing}`}
      description={`An inline policy of the ${kind} ${owner}. All inline policies of one ${kind} share the limit on their size.`}
      document={document}
      onChange={setDocument}
      limit={INLINE_POLICY_LIMITS[kind]}
      reviewTitle={existing === undefined ? "Review and create" : "Review and save"}
      button={existing === undefined ? "Create policy" : "Save changes"}
      what="The policy could not be saved"
      onCheck={() => {
        setTried(true);
        return wrongName === undefined;
      }}
      onSubmit={async () => {
        await inlinePoliciesOf[kind].put(owner, name, document);
        notify.success(`Policy ${name} ${existing === undefined ? "created" : "updated"}.`);
        navigate(page);
      }}
      onCancel={() => navigate(page)}
      review={
        <>
          {existing === undefined && (
            <Container header={<Header variant="h2">Policy details</Header>}>
              <PolicyName name={name} onChange={setName} insist={tried} />
            </Container>
          )}
          {existing !== undefined && (
            <Container header={<Header variant="h2">Changes to the policy</Header>}>
              <PolicyDiff before={before} after={document} beforeLabel="The policy as it is" afterLabel="the new one" />
            </Container>
          )}
          <PolicySummary document={document} title="Permissions defined in this policy" />
        </>
      }
    />
  );
}

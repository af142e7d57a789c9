import type { PolicyVersion } from "@aws-sdk/client-iam";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { useNavigate } from "react-router";
import { MOST_VERSIONS, saveVersion } from "#/api/managedPolicies";
import { nameOfPolicy } from "#/api/policies";
import { useNotify } from "#/app/notifications";
import { VersionToReplace } from "#/pages/edit-policy/VersionToReplace";
import { PolicyDiff } from "#/parts/PolicyDiff";
import { PolicyWizard } from "#/parts/policy-editor/PolicyWizard";

interface Properties {
  arn: string;
  /** The newest first. */
  versions: PolicyVersion[];
  /** The one in force. */
  version: string;
  document: string;
}

/** Writes a new version of a policy; where there are five, in the place of one of them. */
export function EditPolicy({ arn, versions, version, document: before }: Properties) {
  const navigate = useNavigate();
  const notify = useNotify();
  const [document, setDocument] = useState(before);
  const [asDefault, setAsDefault] = useState(true);
  const replaceable = versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion);
  const isFull = versions.length >= MOST_VERSIONS;
  const [replaced, setReplaced] = useState(isFull ? replaceable.at(-1)?.VersionId : undefined);
  const page = `/policies/${encodeURIComponent(arn)}`;
  const name = nameOfPolicy(arn);

  return (
    <PolicyWizard
      title={`Modify permissions in ${name}`}
      description="Add permissions by selecting services, actions, resources, and conditions. Build permission statements using the JSON editor."
      document={document}
      onChange={setDocument}
      reviewTitle="Review and save"
      button="Save changes"
      what="The policy could not be saved"
      onCheck={() => true}
      onSubmit={async () => {
        const made = await saveVersion(arn, document, { asDefault, inPlaceOf: replaced });
        notify.success(`Policy ${name} updated: version ${made} saved${asDefault ? " and set as default" : ""}.`);
        navigate(page);
      }}
      onCancel={() => navigate(page)}
      review={
        <>
          {isFull && <VersionToReplace versions={replaceable} chosen={replaced} onChange={setReplaced} />}
          <Checkbox
            checked={asDefault}
            description="It is in force at once for all that the policy is attached to."
            onChange={({ detail }) => setAsDefault(detail.checked)}
          >
            Set this new version as the default
          </Checkbox>
          <Container header={<Header variant="h2">Changes to the policy</Header>}>
            <PolicyDiff
              before={before}
              after={document}
              beforeLabel={`Version ${version}`}
              afterLabel="The new version"
            />
          </Container>
        </>
      }
    />
  );
}

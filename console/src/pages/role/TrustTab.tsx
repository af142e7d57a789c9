import { type Role, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { iam } from "#/api/clients";
import { decodeDocument } from "#/api/policyDocuments";
import { isServiceLinked } from "#/api/roles";
import { useNotify } from "#/app/notifications";
import { Failure } from "#/parts/Failure";
import { PolicyDocument } from "#/parts/PolicyDocument";
import { PolicyEditor } from "#/parts/PolicyEditor";
import { useSubmission } from "#/parts/useSubmission";

interface Properties {
  role: Role;
  onChanged: () => void;
}

/** Who may assume a role: its trust policy, to read and to edit. */
export function TrustTab({ role, onChanged }: Properties) {
  const [editing, setEditing] = useState(false);
  const document = decodeDocument(role.AssumeRolePolicyDocument ?? "");
  if (editing) {
    return (
      <EditTrust
        name={role.RoleName ?? ""}
        document={document}
        onClose={(changed) => {
          setEditing(false);
          if (changed) onChanged();
        }}
      />
    );
  }
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            isServiceLinked(role)
              ? "The role is linked to a service: only the service can change whom it trusts."
              : "Entities that can assume this role under specified conditions."
          }
          actions={
            <Button disabled={isServiceLinked(role)} onClick={() => setEditing(true)}>
              Edit trust policy
            </Button>
          }
        >
          Trusted entities
        </Header>
      }
    >
      <PolicyDocument label="Trust policy" document={document} />
    </Container>
  );
}

interface EditProperties {
  name: string;
  document: string;
  onClose: (changed: boolean) => void;
}

function EditTrust({ name, document, onClose }: EditProperties) {
  const [text, setText] = useState(document);
  const { busy, error, run } = useSubmission({ leaves: true });
  const notify = useNotify();

  async function save() {
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: text }));
    notify.success("Trust policy updated.");
    onClose(true);
  }

  return (
    <Container
      header={<Header variant="h2">Edit trust policy</Header>}
      footer={
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={() => onClose(false)}>Cancel</Button>
          <Button variant="primary" loading={busy} onClick={() => void run(save)}>
            Update policy
          </Button>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="m">
        {error !== undefined && <Failure what="The trust policy was not updated" error={error} />}
        <PolicyEditor kind="trust" value={text} onChange={setText} />
      </SpaceBetween>
    </Container>
  );
}

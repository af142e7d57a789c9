import { UpdateUserCommand } from "@aws-sdk/client-iam";
import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { iam } from "#/api/clients";
import { useNotify } from "#/app/notifications";
import { NAME_CONSTRAINT, nameProblem } from "#/parts/entityName";
import { FormModal } from "#/parts/FormModal";

const LONGEST_NAME = 64;

/** Gives a user another name, and goes on to its page under that. */
export function RenameUser({ name, onLeave }: { name: string; onLeave: () => void }) {
  const navigate = useNavigate();
  const notify = useNotify();
  const [newName, setNewName] = useState(name);
  const problem = nameProblem(newName, LONGEST_NAME);

  async function rename() {
    await iam.send(new UpdateUserCommand({ UserName: name, NewUserName: newName }));
    notify.success(`User ${name} is now called ${newName}.`);
    onLeave();
    navigate(`/users/${encodeURIComponent(newName)}`, { replace: true });
  }

  return (
    <FormModal
      title={`Rename ${name}`}
      button="Rename"
      disabled={problem !== undefined || newName === name}
      onSubmit={rename}
      onDismiss={onLeave}
    >
      <SpaceBetween size="m">
        <FormField
          label="User name"
          constraintText={`Maximum ${LONGEST_NAME} characters. ${NAME_CONSTRAINT}`}
          errorText={problem}
        >
          <Input value={newName} autoComplete={false} autoFocus onChange={({ detail }) => setNewName(detail.value)} />
        </FormField>
        <Alert type="info" statusIconAriaLabel="Info">
          The ARN changes with the name. Policies that name the old ARN do not follow; groups and credentials stay.
        </Alert>
      </SpaceBetween>
    </FormModal>
  );
}

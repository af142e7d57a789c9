import { UpdateGroupCommand } from "@aws-sdk/client-iam";
import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useNavigate } from "react-router";
import { iam } from "#/api/clients";
import { useNotify } from "#/app/notifications";
import { NAME_CONSTRAINT, nameProblem } from "#/parts/entityName";
import { FormModal } from "#/parts/FormModal";

const LONGEST_NAME = 128;

/** Gives a group another name, and goes on to its page under that. */
export function EditGroup({ name, onClose }: { name: string; onClose: () => void }) {
  const [newName, setNewName] = useState(name);
  const navigate = useNavigate();
  const notify = useNotify();
  const problem = nameProblem(newName, LONGEST_NAME);

  async function rename() {
    await iam.send(new UpdateGroupCommand({ GroupName: name, NewGroupName: newName }));
    notify.success(`User group ${name} is now called ${newName}.`);
    onClose();
    void navigate(`/groups/${encodeURIComponent(newName)}`, { replace: true });
  }

  return (
    <FormModal
      title={`Edit ${name}`}
      button="Save changes"
      disabled={problem !== undefined || newName === name}
      onSubmit={rename}
      onDismiss={onClose}
    >
      <FormField
        label="User group name"
        constraintText={`Maximum ${LONGEST_NAME} characters. ${NAME_CONSTRAINT}`}
        errorText={problem}
      >
        <Input value={newName} autoComplete={false} autoFocus onChange={({ detail }) => setNewName(detail.value)} />
      </FormField>
      <Alert type="info" statusIconAriaLabel="Info">
        The ARN changes with the name. Policies that name the old ARN do not follow.
      </Alert>
    </FormModal>
  );
}

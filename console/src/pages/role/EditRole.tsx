import { type Role, UpdateRoleCommand } from "@aws-sdk/client-iam";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { iam } from "#/api/clients";
import { useNotify } from "#/app/notifications";
import { descriptionProblem, LONGEST_DESCRIPTION } from "#/pages/create-role/draft";
import { inWords } from "#/parts/duration";
import { FormModal } from "#/parts/FormModal";

const HOUR = 3_600;
const SHORTEST = HOUR;
const LONGEST = 12 * HOUR;
const CUSTOM = { value: "custom", label: "Custom duration" };
const DURATIONS = [1, 2, 4, 8, 12].map((hours) => ({ value: String(hours * HOUR), label: inWords(hours * HOUR) }));

interface Properties {
  role: Role;
  onClose: () => void;
  onChanged: () => void;
}

/** Changes a role's description, and how long its sessions may last. */
export function EditRole({ role, onClose, onChanged }: Properties) {
  const [description, setDescription] = useState(role.Description ?? "");
  const [seconds, setSeconds] = useState(String(role.MaxSessionDuration ?? HOUR));
  const [custom, setCustom] = useState(!DURATIONS.some((option) => option.value === seconds));
  const notify = useNotify();
  const problem = durationProblem(seconds);

  async function save() {
    await iam.send(
      new UpdateRoleCommand({
        RoleName: role.RoleName,
        Description: description,
        MaxSessionDuration: Number(seconds),
      }),
    );
    notify.success(`Role ${role.RoleName} updated.`);
    onClose();
    onChanged();
  }

  return (
    <FormModal
      title={`Edit ${role.RoleName}`}
      button="Save changes"
      disabled={problem !== undefined || descriptionProblem(description) !== undefined}
      onSubmit={save}
      onDismiss={onClose}
    >
      <FormField
        label="Description"
        constraintText={`Maximum ${LONGEST_DESCRIPTION} characters.`}
        errorText={descriptionProblem(description)}
      >
        <Textarea value={description} rows={3} onChange={({ detail }) => setDescription(detail.value)} />
      </FormField>
      <FormField
        label="Maximum session duration"
        description="The longest that credentials of the role may last when it is assumed by the CLI or an API."
      >
        <Select
          options={[...DURATIONS, CUSTOM]}
          selectedOption={custom ? CUSTOM : (DURATIONS.find((option) => option.value === seconds) ?? CUSTOM)}
          onChange={({ detail }) => {
            const chosen = detail.selectedOption.value ?? CUSTOM.value;
            setCustom(chosen === CUSTOM.value);
            if (chosen !== CUSTOM.value) setSeconds(chosen);
          }}
        />
      </FormField>
      {custom && (
        <FormField label="Duration in seconds" errorText={problem}>
          <Input value={seconds} type="number" onChange={({ detail }) => setSeconds(detail.value)} />
        </FormField>
      )}
    </FormModal>
  );
}

function durationProblem(seconds: string): string | undefined {
  const given = Number(seconds);
  if (Number.isInteger(given) && given >= SHORTEST && given <= LONGEST) return undefined;
  return `Enter a number of seconds from ${SHORTEST} (1 hour) to ${LONGEST} (12 hours).`;
}

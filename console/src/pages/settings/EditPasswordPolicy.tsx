import type { PasswordPolicy } from "@aws-sdk/client-iam";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import TextContent from "@cloudscape-design/components/text-content";
import { useState } from "react";
import { useNotify } from "#/app/notifications";
import { CustomPolicyFields } from "#/pages/settings/CustomPolicyFields";
import {
  draftOf,
  type PolicyDraft,
  policyProblems,
  rulesOf,
  savePasswordPolicy,
} from "#/pages/settings/passwordPolicy";
import { FormModal } from "#/parts/FormModal";

interface Properties {
  /** Null when IAM's own holds. */
  policy: PasswordPolicy | null;
  onClose: (changed: boolean) => void;
}

/** Chooses between IAM's password policy and one of the account's own. */
export function EditPasswordPolicy({ policy, onClose }: Properties) {
  const [draft, setDraft] = useState(() => draftOf(policy));
  const notify = useNotify();
  const problems = policyProblems(draft);
  const change = (part: Partial<PolicyDraft>) => setDraft((before) => ({ ...before, ...part }));

  async function save() {
    await savePasswordPolicy(draft);
    notify.success("Password requirements for IAM users are updated.");
    onClose(true);
  }

  return (
    <FormModal
      title="Edit password policy"
      button="Save changes"
      size="large"
      disabled={Object.keys(problems).length > 0}
      onSubmit={save}
      onDismiss={() => onClose(false)}
    >
      <FormField label="Password policy">
        <RadioGroup
          value={draft.custom ? "custom" : "default"}
          items={[
            { value: "default", label: "IAM default", description: "Apply default password requirements." },
            { value: "custom", label: "Custom", description: "Apply customized password requirements." },
          ]}
          onChange={({ detail }) => change({ custom: detail.value === "custom" })}
        />
      </FormField>
      {draft.custom ? (
        <CustomPolicyFields draft={draft} problems={problems} onChange={change} />
      ) : (
        <TextContent>
          <ul>
            {rulesOf(null).map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </TextContent>
      )}
    </FormModal>
  );
}

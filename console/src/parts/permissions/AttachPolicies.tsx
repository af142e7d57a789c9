import { useState } from "react";
import { type PrincipalKind, policiesOf } from "#/api/permissions";
import { useNotify } from "#/app/notifications";
import { FormModal } from "#/parts/FormModal";
import { PolicyPicker } from "#/parts/PolicyPicker";

interface Properties {
  kind: PrincipalKind;
  name: string;
  onClose: (changed: boolean) => void;
}

/** Attaches managed policies to a principal. */
export function AttachPolicies({ kind, name, onClose }: Properties) {
  const [arns, setArns] = useState<string[]>([]);
  const notify = useNotify();

  async function attach() {
    for (const arn of arns) await policiesOf[kind].attach(name, arn);
    notify.success(arns.length === 1 ? `Policy attached to ${name}.` : `${arns.length} policies attached to ${name}.`);
    onClose(true);
  }

  return (
    <FormModal
      title={`Attach policies to ${name}`}
      button="Attach policies"
      size="max"
      enterSubmits={false}
      disabled={arns.length === 0}
      onSubmit={attach}
      onDismiss={() => onClose(false)}
    >
      <PolicyPicker selected={arns} onChange={setArns} />
    </FormModal>
  );
}

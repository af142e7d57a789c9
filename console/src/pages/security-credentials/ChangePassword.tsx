import { ChangePasswordCommand } from "@aws-sdk/client-iam";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { iam } from "#/api/clients";
import { ostiary } from "#/api/ostiary";
import { passwordRules, sentencesOf } from "#/api/password";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { FormModal } from "#/parts/FormModal";
import { isTyped, NewPassword, NOTHING_TYPED, OWN_RULES } from "#/parts/NewPassword";
import { PasswordInput } from "#/parts/PasswordInput";

const HELD_TO_POLICY = ["The account's password policy is held to when the password is set."];

/** Changes one's own password. */
export function ChangePassword({ isRoot, onDismiss }: { isRoot: boolean; onDismiss: () => void }) {
  const notify = useNotify();
  const [old, setOld] = useState("");
  const [typed, setTyped] = useState(NOTHING_TYPED);
  // The account's policy is for its users; who may not read it is told by the server what it asks for.
  const rules = useLoad(async () => (isRoot ? OWN_RULES : sentencesOf(await passwordRules())), [isRoot]);

  async function change() {
    const parameters = { OldPassword: old, NewPassword: typed.password };
    if (isRoot) await ostiary("ChangeRootUserPassword", parameters);
    else await iam.send(new ChangePasswordCommand(parameters));
    onDismiss();
    notify.success("Your password was changed. You are signed out everywhere else.");
  }

  return (
    <FormModal
      title="Update console password"
      button="Change password"
      disabled={old === "" || !isTyped(typed)}
      onSubmit={change}
      onDismiss={onDismiss}
    >
      <SpaceBetween size="l">
        <PasswordInput label="Current password" value={old} autoComplete="current-password" onChange={setOld} />
        <NewPassword typed={typed} onChange={setTyped} rules={rules.value ?? HELD_TO_POLICY} insist={false} />
      </SpaceBetween>
    </FormModal>
  );
}

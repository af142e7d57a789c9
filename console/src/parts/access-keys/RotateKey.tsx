import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Steps, { type StepsProps } from "@cloudscape-design/components/steps";
import { useCallback, useState } from "react";
import {
  type AccessKey,
  createAccessKey,
  deleteAccessKey,
  listAccessKeys,
  type NewKey,
  setKeyActive,
} from "#/api/accessKeys";
import { Failure } from "#/parts/Failure";
import { useSubmission } from "#/parts/useSubmission";
import { RotationStep } from "./RotationStep";
import { type Rotation, rotationOf } from "./rotation";

interface Properties {
  userName: string | undefined;
  keys: AccessKey[];
  onLeave: () => void;
}

const ORDER: Rotation["step"][] = ["create", "use", "deactivate", "delete"];
const TITLES = ["Create a second access key", "Use the new key", "Deactivate the old key", "Delete the old key"];

/** Leads through the rotation of an access key, without a moment in which no key works. */
export function RotateKey({ userName, keys: before, onLeave }: Properties) {
  const [keys, setKeys] = useState(before);
  const [created, setCreated] = useState<NewKey>();
  const [inUse, setInUse] = useState(false);
  const { busy, error, run } = useSubmission();
  const rotation = rotationOf(keys, before.length > 1 || created !== undefined, inUse);
  const current = rotation.step === "done" ? ORDER.length : ORDER.indexOf(rotation.step);

  const look = useCallback(async () => setKeys(await listAccessKeys(userName)), [userName]);

  function attempt(deed: () => Promise<void>) {
    return run(async () => {
      await deed();
      await look();
    });
  }

  function go() {
    switch (rotation.step) {
      case "create":
        return attempt(async () => setCreated(await createAccessKey(userName)));
      case "use":
        setInUse(true);
        return undefined;
      case "deactivate":
        return attempt(() => setKeyActive(userName, rotation.old.id, false));
      case "delete":
        return attempt(() => deleteAccessKey(userName, rotation.old.id));
      case "done":
        return onLeave();
    }
  }

  function activate(key: AccessKey) {
    setInUse(false);
    void attempt(() => setKeyActive(userName, key.id, true));
  }

  const here = (
    <RotationStep
      rotation={rotation}
      created={created}
      userName={userName}
      busy={busy}
      onGo={() => void go()}
      onActivate={activate}
      onLook={look}
    />
  );
  return (
    <Modal
      visible
      size="large"
      header={userName ? `Rotate the access key of ${userName}` : "Rotate your access key"}
      closeAriaLabel="Close"
      onDismiss={onLeave}
      footer={
        <Box float="right">
          <Button variant={rotation.step === "done" ? "primary" : "link"} onClick={onLeave}>
            {rotation.step === "done" ? "Done" : "Finish later"}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {error !== undefined && <Failure what="It was not done" error={error} />}
        <Steps ariaLabel="Rotation" steps={TITLES.map((title, index) => stepOf(title, index - current, here))} />
        {rotation.step === "done" && <Box>The old key is gone. The new one goes on alone.</Box>}
      </SpaceBetween>
    </Modal>
  );
}

/** @param distance how far ahead of the current step it is; below zero when it is done. */
function stepOf(title: string, distance: number, here: React.ReactNode): StepsProps.Step {
  if (distance < 0) return { header: title, status: "success", statusIconAriaLabel: "Done" };
  if (distance > 0) return { header: title, status: "pending", statusIconAriaLabel: "To do" };
  return { header: <b>{title}</b>, status: "in-progress", statusIconAriaLabel: "Now", details: here };
}

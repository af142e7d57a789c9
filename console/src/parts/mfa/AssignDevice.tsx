import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { createApp, deleteApp, enableApp, type NewApp, type Owner, registerPasskey } from "#/api/mfaDevices";
import { useNotify } from "#/app/notifications";
import { isCodeTyped } from "#/parts/CodeInput";
import { FormModal } from "#/parts/FormModal";
import { AppSetup, type Codes } from "#/parts/mfa/AppSetup";
import { DEVICE_NAME_RULE, deviceNameProblem } from "#/parts/mfa/deviceName";
import { KindTiles, proposedKind } from "#/parts/mfa/KindTiles";

interface Properties {
  owner: Owner;
  /** What the device is called unless somebody says otherwise. */
  proposedName: string;
  onDone: () => void;
  onDismiss: () => void;
}

/** Gives somebody an MFA device: first which, then the proof that it is there. */
export function AssignDevice(properties: Properties) {
  const [app, setApp] = useState<NewApp>();
  return app ? <SetUpApp {...properties} app={app} /> : <ChooseDevice {...properties} onApp={setApp} />;
}

function ChooseDevice({
  owner,
  proposedName,
  onApp,
  onDone,
  onDismiss,
}: Properties & { onApp: (app: NewApp) => void }) {
  const [name, setName] = useState(proposedName);
  const [kind, setKind] = useState(proposedKind);
  const problem = deviceNameProblem(name);

  async function choose() {
    if (kind === "totp") return onApp(await createApp(name));
    await registerPasskey(owner, name);
    onDone();
  }

  return (
    <FormModal
      title="Assign MFA device"
      button="Next"
      disabled={problem !== undefined}
      onSubmit={choose}
      onDismiss={onDismiss}
    >
      <SpaceBetween size="l">
        <FormField label="Device name" constraintText={DEVICE_NAME_RULE} errorText={problem} stretch>
          <Input value={name} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
        </FormField>
        <KindTiles kind={kind} onChange={setKind} />
      </SpaceBetween>
    </FormModal>
  );
}

function SetUpApp({ owner, app, onDone, onDismiss }: Properties & { app: NewApp }) {
  const [codes, setCodes] = useState<Codes>(["", ""]);
  const notify = useNotify();

  async function enable() {
    try {
      await enableApp(owner, app.serialNumber, codes);
    } catch (error) {
      setCodes(["", ""]);
      throw error;
    }
    onDone();
  }

  function giveUp() {
    onDismiss();
    deleteApp(app.serialNumber).catch((error) => notify.failure(`${app.serialNumber} could not be deleted`, error));
  }

  return (
    <FormModal
      title="Set up device"
      button="Add MFA"
      disabled={!codes.every(isCodeTyped)}
      onSubmit={enable}
      onDismiss={giveUp}
    >
      <AppSetup qrCode={app.qrCode} secret={app.secret} codes={codes} onChange={setCodes} insist={false} />
    </FormModal>
  );
}

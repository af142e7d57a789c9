import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { resyncApp } from "#/api/mfaDevices";
import { CodeInput, isCodeTyped } from "#/parts/CodeInput";
import { FormModal } from "#/parts/FormModal";
import type { Codes } from "#/parts/mfa/AppSetup";

interface Properties {
  userName: string;
  serialNumber: string;
  onDone: () => void;
  onDismiss: () => void;
}

/** Tells the server how wrong the clock of an authenticator app is. */
export function ResyncDevice({ userName, serialNumber, onDone, onDismiss }: Properties) {
  const [codes, setCodes] = useState<Codes>(["", ""]);

  async function resync() {
    await resyncApp(userName, serialNumber, codes);
    onDone();
  }

  return (
    <FormModal
      title="Resync MFA device"
      button="Resync"
      disabled={!codes.every(isCodeTyped)}
      onSubmit={resync}
      onDismiss={onDismiss}
    >
      <SpaceBetween size="m">
        <Box>When its codes are no longer taken, enter two codes in a row that the device shows.</Box>
        <CodeInput label="MFA code 1" value={codes[0]} onChange={(code) => setCodes([code, codes[1]])} />
        <CodeInput label="MFA code 2" value={codes[1]} onChange={(code) => setCodes([codes[0], code])} />
      </SpaceBetween>
    </FormModal>
  );
}

import FormField from "@cloudscape-design/components/form-field";
import Tiles from "@cloudscape-design/components/tiles";
import type { Factor } from "#/api/signIn";
import { hasPasskeys } from "#/api/webauthn";

/** The choice between the kinds of MFA devices. */
export function KindTiles({ kind, onChange }: { kind: Factor; onChange: (kind: Factor) => void }) {
  const possible = hasPasskeys();
  return (
    <FormField
      label="MFA device"
      constraintText={!possible && "Passkeys need a recent browser, and a console reached by https or as localhost."}
      stretch
    >
      <Tiles
        value={kind}
        columns={1}
        onChange={({ detail }) => onChange(detail.value === "totp" ? "totp" : "passkey")}
        items={[
          {
            value: "passkey",
            label: "Passkey or security key",
            description: "Authenticate with your fingerprint, face or screen lock, or with a FIDO2 security key.",
            disabled: !possible,
          },
          {
            value: "totp",
            label: "Authenticator app",
            description: "Authenticate with codes that an app on your phone or computer shows.",
          },
        ]}
      />
    </FormField>
  );
}

/** The kind to propose: the one that cannot be phished, where the browser has it. */
export function proposedKind(): Factor {
  return hasPasskeys() ? "passkey" : "totp";
}

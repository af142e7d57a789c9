import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { CodeInput, isCodeTyped } from "#/parts/CodeInput";
import { CopyText } from "#/parts/CopyText";

export type Codes = [string, string];

interface Properties {
  /** A picture, as a data URL. */
  qrCode: string;
  /** In base 32. */
  secret: string;
  codes: Codes;
  onChange: (codes: Codes) => void;
  /** Reminds of what is still empty; for when somebody tried to go on. */
  insist: boolean;
}

/** How an authenticator app becomes a device: it reads a QR code, and proves it by two codes in a row. */
export function AppSetup({ qrCode, secret, codes, onChange, insist }: Properties) {
  return (
    <SpaceBetween size="m">
      <Box>
        <b>1.</b> Install an authenticator app on your phone or computer, and scan this QR code with it.
      </Box>
      <img className="qr-code" src={qrCode} alt="QR code to scan with an authenticator app" />
      <ExpandableSection headerText="Show the secret key instead">
        <CopyText text={secret} label="secret key" />
      </ExpandableSection>
      <Box>
        <b>2.</b> Enter two codes in a row. The app shows a new one every 30 seconds.
      </Box>
      <SpaceBetween size="s">
        <CodeInput
          label="MFA code 1"
          value={codes[0]}
          problem={insist && !isCodeTyped(codes[0]) && "Enter the six digits of the code."}
          onChange={(code) => onChange([code, codes[1]])}
        />
        <CodeInput
          label="MFA code 2"
          value={codes[1]}
          problem={insist && !isCodeTyped(codes[1]) && "Enter the six digits of the code."}
          onChange={(code) => onChange([codes[0], code])}
        />
      </SpaceBetween>
    </SpaceBetween>
  );
}

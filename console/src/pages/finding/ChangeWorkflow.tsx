import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { shortNameOf } from "#/api/resourcePages";
import { type Finding, setWorkflow } from "#/api/securityHub";
import { useNotify } from "#/app/notifications";
import { useSession } from "#/app/session";
import { resourceOf } from "#/pages/finding/findings";
import { FormModal } from "#/parts/FormModal";

const LONGEST = 512;

interface Properties {
  findings: Finding[];
  /** They are suppressed, and are not to be any more. */
  lifts: boolean;
  onLeave: (changed: boolean) => void;
}

/** Asks for the reason why what a control says is let be, or is not any more. */
export function ChangeWorkflow({ findings, lifts, onLeave }: Properties) {
  const { principal } = useSession();
  const notify = useNotify();
  const [reason, setReason] = useState("");
  const written = reason.trim();
  const tooLong = written.length > LONGEST;
  const [first] = findings;
  const what = findings.length === 1 && first ? shortNameOf(resourceOf(first)) : `${findings.length} resources`;

  async function save() {
    await setWorkflow(findings, lifts ? "NEW" : "SUPPRESSED", written, principal.arn);
    notify.success(lifts ? `${what}: no longer suppressed.` : `${what}: suppressed.`);
    onLeave(true);
  }

  return (
    <FormModal
      title={lifts ? `Stop suppressing ${what}` : `Suppress ${what}`}
      button={lifts ? "Stop suppressing" : "Suppress"}
      disabled={written === "" || tooLong}
      enterSubmits={false}
      onSubmit={save}
      onDismiss={() => onLeave(false)}
    >
      <SpaceBetween size="m">
        <Box>
          {lifts
            ? "It counts as failing again for as long as the control says so."
            : "It does not count as failing, whatever the control says from now on, until somebody takes that back. The control goes on looking at it."}
        </Box>
        <FormField
          label="Reason"
          description="Kept with your name and the time in the history, where auditors read it."
          constraintText={`Maximum ${LONGEST} characters.`}
          errorText={tooLong && `${written.length - LONGEST} characters too many.`}
        >
          <Textarea value={reason} rows={3} onChange={({ detail }) => setReason(detail.value)} />
        </FormField>
      </SpaceBetween>
    </FormModal>
  );
}

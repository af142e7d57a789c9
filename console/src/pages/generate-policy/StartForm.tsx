import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { startGeneration } from "#/api/policyGenerations";
import { listRoles } from "#/api/roles";
import { useLoad } from "#/api/useLoad";
import { useSession } from "#/app/session";
import { Failure } from "#/parts/Failure";
import { useSubmission } from "#/parts/useSubmission";

const DAY_MS = 86_400_000;
const LONGEST = "90";
const PERIODS = [
  { value: "1", label: "Last day" },
  { value: "7", label: "Last 7 days" },
  { value: "30", label: "Last 30 days" },
  { value: LONGEST, label: "Last 90 days" },
];

/** Asks for the time that counts, and has the policy generated. */
export function StartForm({ arn, onStarted }: { arn: string; onStarted: (job: string) => void }) {
  const { account } = useSession();
  const [days, setDays] = useState(LONGEST);
  const [role, setRole] = useState("");
  const { busy, error, run } = useSubmission();
  const isLongest = days === LONGEST;

  async function start() {
    const end = new Date();
    const period = { start: new Date(end.getTime() - Number(days) * DAY_MS), end, accessRole: role };
    onStarted(await startGeneration(arn, account.id, isLongest ? undefined : period));
  }

  return (
    <Container header={<Header variant="h2">Time of the events</Header>}>
      <SpaceBetween size="m">
        {error !== undefined && <Failure what="The policy was not generated" error={error} />}
        <FormField label="Period" description="What was done in this time is what the policy will allow.">
          <Select
            options={PERIODS}
            selectedOption={PERIODS.find(({ value }) => value === days) ?? null}
            onChange={({ detail }) => setDays(detail.selectedOption.value ?? LONGEST)}
          />
        </FormField>
        {!isLongest && <AccessRole role={role} onChange={setRole} />}
        <Button variant="primary" loading={busy} disabled={!isLongest && role === ""} onClick={() => void run(start)}>
          Generate policy
        </Button>
      </SpaceBetween>
    </Container>
  );
}

/** A role, which AWS's API asks for with a period of one's own. */
function AccessRole({ role, onChange }: { role: string; onChange: (arn: string) => void }) {
  const { value, error, loading } = useLoad(listRoles, []);
  const options = value?.map(({ Arn = "", RoleName = "" }) => ({ value: Arn, label: RoleName })) ?? [];
  return (
    <FormField
      label="Access role"
      description="As on AWS, a shorter period takes a role that you may pass (iam:PassRole). Any will do: nothing is done with it here."
      constraintText={value?.length === 0 && "There are no roles. Choose the last 90 days, which takes none."}
      errorText={error !== undefined && "The roles could not be listed. Choose the last 90 days, which takes none."}
    >
      <Select
        placeholder="Choose a role"
        filteringType="auto"
        statusType={loading && value === undefined ? "loading" : "finished"}
        loadingText="Loading roles"
        empty="There are no roles."
        options={options}
        selectedOption={options.find((option) => option.value === role) ?? null}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}

import { AttachGroupPolicyCommand, CreateGroupCommand } from "@aws-sdk/client-iam";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { iam } from "#/api/clients";
import { allDone, useDeeds } from "#/api/deeds";
import { nameOfPolicy } from "#/api/policies";
import { useNotify } from "#/app/notifications";
import { DeedList } from "#/parts/DeedList";
import { NAME_CONSTRAINT, nameProblem } from "#/parts/entityName";
import { PolicyPicker } from "#/parts/PolicyPicker";

interface Properties {
  /** Told the name of the group, once there is one. */
  onLeave: (created: string | undefined) => void;
}

const LONGEST_NAME = 128;

/** Makes a group with policies, without leaving the wizard. */
export function NewGroup({ onLeave }: Properties) {
  const notify = useNotify();
  const deeds = useDeeds();
  const [name, setName] = useState("");
  const [policies, setPolicies] = useState<string[]>([]);
  const [insist, setInsist] = useState(false);
  const problem = nameProblem(name, LONGEST_NAME);
  const exists = deeds.outcomes[0]?.state === "done";
  const failed = deeds.outcomes.some((outcome) => outcome.state === "failed");

  async function create() {
    setInsist(true);
    if (problem) return;
    const outcomes = exists ? await deeds.retry() : await deeds.start(deedsFor(name, policies));
    if (!allDone(outcomes)) return;
    notify.success(`User group ${name} created.`);
    onLeave(name);
  }

  return (
    <Modal
      visible
      size="large"
      header="Create user group"
      closeAriaLabel="Close"
      onDismiss={() => onLeave(exists ? name : undefined)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => onLeave(exists ? name : undefined)}>
              {exists ? "Go on without" : "Cancel"}
            </Button>
            <Button variant="primary" loading={deeds.busy} onClick={() => void create()}>
              {exists ? "Try again" : "Create user group"}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="l">
        {failed && (
          <Alert
            type="error"
            statusIconAriaLabel="Error"
            header={exists ? "The group is there, but something is missing" : "The group could not be created"}
          >
            <DeedList outcomes={deeds.outcomes} label="What was done" />
          </Alert>
        )}
        <FormField
          label="User group name"
          constraintText={`Maximum ${LONGEST_NAME} characters. ${NAME_CONSTRAINT}`}
          errorText={(insist || name !== "") && problem}
        >
          <Input value={name} disabled={exists} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
        </FormField>
        {!exists && <PolicyPicker headingTag="h3" selected={policies} onChange={setPolicies} />}
      </SpaceBetween>
    </Modal>
  );
}

function deedsFor(GroupName: string, policies: string[]) {
  return [
    {
      what: `Create the group ${GroupName}`,
      essential: true,
      run: () => iam.send(new CreateGroupCommand({ GroupName })),
    },
    ...policies.map((PolicyArn) => ({
      what: `Attach the policy ${nameOfPolicy(PolicyArn)}`,
      run: () => iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn })),
    })),
  ];
}

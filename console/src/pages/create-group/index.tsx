import { CreateGroupCommand } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { iam } from "#/api/clients";
import { allDone, type Deed, type Outcome, useDeeds } from "#/api/deeds";
import { addToGroup, listUsers } from "#/api/groups";
import { policiesOf } from "#/api/permissions";
import { nameOfPolicy } from "#/api/policies";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { NAME_CONSTRAINT, nameProblem } from "#/parts/entityName";
import { PolicyPicker } from "#/parts/PolicyPicker";
import { Unfinished } from "#/parts/Unfinished";
import { UserPicker } from "#/parts/UserPicker";

const LONGEST_NAME = 128;

export default function CreateGroupPage() {
  const [name, setName] = useState("");
  const [userNames, setUserNames] = useState<string[]>([]);
  const [policies, setPolicies] = useState<string[]>([]);
  const [tried, setTried] = useState(false);
  const deeds = useDeeds();
  const users = useLoad(listUsers, []);
  const navigate = useNavigate();
  const notify = useNotify();
  const problem = nameProblem(name, LONGEST_NAME);
  const made = deeds.outcomes[0]?.state === "done";

  async function create() {
    setTried(true);
    if (problem) return;
    leave(await deeds.start(deedsOf({ name, userNames, policies })));
  }

  function leave(outcomes: Outcome[]) {
    if (!allDone(outcomes)) return;
    notify.success(`${name} user group created.`);
    void navigate("/groups");
  }

  return (
    <ContentLayout header={<Header variant="h1">Create user group</Header>}>
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => void navigate("/groups")}>
              Cancel
            </Button>
            <Button variant="primary" loading={deeds.busy} disabled={made} onClick={() => void create()}>
              Create user group
            </Button>
          </SpaceBetween>
        }
        errorText={tried && problem ? "The group needs a good name." : undefined}
      >
        <SpaceBetween size="l">
          <Unfinished
            deeds={deeds}
            label="Create the group"
            onRetry={() => void deeds.retry().then(leave)}
            goOn={{ text: `Go to the group ${name}`, to: `/groups/${encodeURIComponent(name)}` }}
          />
          <Container header={<Header variant="h2">Name the group</Header>}>
            <FormField
              label="User group name"
              description="Enter a meaningful name to identify this group."
              constraintText={`Maximum ${LONGEST_NAME} characters. ${NAME_CONSTRAINT}`}
              errorText={(tried || name !== "") && problem}
            >
              <Input
                value={name}
                disabled={made}
                autoComplete={false}
                autoFocus
                onChange={({ detail }) => setName(detail.value)}
              />
            </FormField>
          </Container>
          <UserPicker users={users} description="Optional. A user can be in up to 10 groups." onChange={setUserNames} />
          <PolicyPicker selected={policies} onChange={setPolicies} />
        </SpaceBetween>
      </Form>
    </ContentLayout>
  );
}

function deedsOf(group: { name: string; userNames: string[]; policies: string[] }): Deed[] {
  const { name, userNames, policies } = group;
  return [
    {
      what: `Create the group ${name}`,
      run: () => iam.send(new CreateGroupCommand({ GroupName: name })),
      essential: true,
    },
    ...userNames.map((user) => ({ what: `Add ${user}`, run: () => addToGroup(name, user) })),
    ...policies.map((arn) => ({
      what: `Attach the policy ${nameOfPolicy(arn)}`,
      run: () => policiesOf.group.attach(name, arn),
    })),
  ];
}

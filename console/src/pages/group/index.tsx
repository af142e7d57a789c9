import { GetGroupCommand, type Group } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { iam } from "#/api/clients";
import { useLoad } from "#/api/useLoad";
import { EditGroup } from "#/pages/group/EditGroup";
import { UsersTab } from "#/pages/group/UsersTab";
import { DeleteGroups } from "#/pages/groups/DeleteGroups";
import { CopyText } from "#/parts/CopyText";
import { Failure } from "#/parts/Failure";
import { LastAccessedTab } from "#/parts/LastAccessedTab";
import { Loading } from "#/parts/Loading";
import { Moment } from "#/parts/Moment";
import { PageTabs } from "#/parts/PageTabs";
import { PermissionsTab } from "#/parts/PermissionsTab";

export default function GroupPage() {
  const { name = "" } = useParams();
  const group = useLoad(
    async () => (await iam.send(new GetGroupCommand({ GroupName: name, MaxItems: 1 }))).Group,
    [name],
  );
  const [dialogue, setDialogue] = useState<"delete" | "edit">();
  const navigate = useNavigate();
  const close = () => setDialogue(undefined);

  return (
    <ContentLayout
      header={
        <Header variant="h1" actions={<Button onClick={() => setDialogue("delete")}>Delete</Button>}>
          {name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container
          header={
            <Header variant="h2" actions={<Button onClick={() => setDialogue("edit")}>Edit</Button>}>
              Summary
            </Header>
          }
        >
          {group.error !== undefined && (
            <Failure what="The group could not be shown" error={group.error} onRetry={group.reload} />
          )}
          {group.value ? <Summary group={group.value} /> : group.loading && <Loading />}
        </Container>
        <PageTabs
          label="Details of the group"
          tabs={[
            { id: "users", label: "Users", content: <UsersTab group={name} /> },
            { id: "permissions", label: "Permissions", content: <PermissionsTab kind="group" name={name} /> },
            {
              id: "last-accessed",
              label: "Last accessed",
              content: group.value?.Arn ? <LastAccessedTab arn={group.value.Arn} /> : <Loading />,
            },
          ]}
        />
      </SpaceBetween>
      {dialogue === "delete" && (
        <DeleteGroups names={[name]} onDone={() => void navigate("/groups")} onDismiss={close} />
      )}
      {dialogue === "edit" && <EditGroup name={name} onClose={close} />}
    </ContentLayout>
  );
}

function Summary({ group }: { group: Group }) {
  return (
    <KeyValuePairs
      columns={3}
      minColumnWidth={180}
      items={[
        { label: "User group name", value: group.GroupName },
        { label: "Creation time", value: <Moment at={group.CreateDate} /> },
        { label: "ARN", value: <CopyText text={group.Arn ?? ""} label="ARN" /> },
      ]}
    />
  );
}

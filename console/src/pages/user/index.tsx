import { GetUserCommand, ListUserTagsCommand, TagUserCommand, UntagUserCommand, type User } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { listAccessKeys } from "#/api/accessKeys";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { isCode } from "#/api/refusal";
import { type Loaded, useLoad } from "#/api/useLoad";
import { DeleteUsers } from "#/pages/users/DeleteUsers";
import { Failure } from "#/parts/Failure";
import { LastAccessedTab } from "#/parts/LastAccessedTab";
import { Loading } from "#/parts/Loading";
import { PageTabs } from "#/parts/PageTabs";
import { PermissionsTab } from "#/parts/PermissionsTab";
import { TagsTab } from "#/parts/TagsTab";
import { consoleAccess } from "./consoleAccess";
import { GroupsTab } from "./GroupsTab";
import { RenameUser } from "./RenameUser";
import { SecurityCredentials } from "./SecurityCredentials";
import { Summary } from "./Summary";

export default function UserPage() {
  const { name = "" } = useParams();
  const navigate = useNavigate();
  const [dialogue, setDialogue] = useState<"rename" | "delete">();
  const user = useLoad(async () => (await iam.send(new GetUserCommand({ UserName: name }))).User, [name]);
  const access = useLoad(() => consoleAccess(name), [name]);
  const keys = useLoad(() => listAccessKeys(name), [name]);
  const isMissing = isCode(user.error, "NoSuchEntity");

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => setDialogue("rename")}>Rename</Button>
              <Button onClick={() => setDialogue("delete")}>Delete</Button>
            </SpaceBetween>
          }
        >
          {name}
        </Header>
      }
    >
      {isMissing ? (
        <Failure what={`The user ${name} could not be shown`} error={user.error} />
      ) : (
        <SpaceBetween size="l">
          <Summary name={name} user={user} access={access} keys={keys} />
          <PageTabs
            label={`Of ${name}`}
            tabs={[
              { id: "permissions", label: "Permissions", content: <PermissionsTab kind="user" name={name} /> },
              { id: "groups", label: "Groups", content: <GroupsTab userName={name} /> },
              { id: "tags", label: "Tags", content: <UserTags userName={name} /> },
              {
                id: "credentials",
                label: "Security credentials",
                content: <SecurityCredentials userName={name} user={user} access={access} onKeysChange={keys.reload} />,
              },
              { id: "last-accessed", label: "Last accessed", content: <LastAccessed user={user} /> },
            ]}
          />
        </SpaceBetween>
      )}
      {dialogue === "rename" && <RenameUser name={name} onLeave={() => setDialogue(undefined)} />}
      {dialogue === "delete" && (
        <DeleteUsers
          names={[name]}
          onLeave={(deleted) => {
            setDialogue(undefined);
            if (deleted > 0) navigate("/users");
          }}
        />
      )}
    </ContentLayout>
  );
}

function LastAccessed({ user }: { user: Loaded<User | undefined> }) {
  if (user.error !== undefined) {
    return <Failure what="The user's ARN, by which this is asked for, is not known" error={user.error} />;
  }
  return user.value?.Arn ? <LastAccessedTab arn={user.value.Arn} /> : <Loading />;
}

function UserTags({ userName: UserName }: { userName: string }) {
  const tags = useLoad(
    () =>
      listAll(
        (Marker) => iam.send(new ListUserTagsCommand({ UserName, Marker, MaxItems: 1000 })),
        (page) => page.Tags,
      ),
    [UserName],
  );
  return (
    <TagsTab
      loaded={tags}
      onSave={async (changed, removedKeys) => {
        if (removedKeys.length > 0) await iam.send(new UntagUserCommand({ UserName, TagKeys: removedKeys }));
        if (changed.length > 0) await iam.send(new TagUserCommand({ UserName, Tags: changed }));
      }}
    />
  );
}

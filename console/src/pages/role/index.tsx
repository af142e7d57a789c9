import type { Role } from "@aws-sdk/client-iam";
import { TagRoleCommand, UntagRoleCommand } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { iam } from "#/api/clients";
import { getRole } from "#/api/roles";
import { useLoad } from "#/api/useLoad";
import { EditRole } from "#/pages/role/EditRole";
import { RevokeTab } from "#/pages/role/RevokeTab";
import { RoleSummary } from "#/pages/role/RoleSummary";
import { TrustTab } from "#/pages/role/TrustTab";
import { DeleteRoles } from "#/pages/roles/DeleteRoles";
import { Failure } from "#/parts/Failure";
import { LastAccessedTab } from "#/parts/LastAccessedTab";
import { Loading } from "#/parts/Loading";
import { PageTabs } from "#/parts/PageTabs";
import { PermissionsTab } from "#/parts/PermissionsTab";
import { TagsTab } from "#/parts/TagsTab";

export default function RolePage() {
  const { name = "" } = useParams();
  const loaded = useLoad(() => getRole(name), [name]);
  const [dialogue, setDialogue] = useState<"delete" | "edit">();
  const navigate = useNavigate();
  const close = () => setDialogue(undefined);
  const role = loaded.value;

  /** What a tab shows that needs the role: that it could not be shown, where that is so. */
  const withRole = (content: (role: Role) => React.ReactNode) => {
    if (role) return content(role);
    return loaded.error ? <Failure what="The role could not be shown" error={loaded.error} /> : <Loading />;
  };

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={role?.Description}
          actions={
            <Button disabled={!role} onClick={() => setDialogue("delete")}>
              Delete
            </Button>
          }
        >
          {name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container
          header={
            <Header
              variant="h2"
              actions={
                <Button disabled={!role} onClick={() => setDialogue("edit")}>
                  Edit
                </Button>
              }
            >
              Summary
            </Header>
          }
        >
          {loaded.error !== undefined && (
            <Failure what="The role could not be shown" error={loaded.error} onRetry={loaded.reload} />
          )}
          {role ? <RoleSummary role={role} /> : loaded.loading && <Loading />}
        </Container>
        <PageTabs
          label="Details of the role"
          tabs={[
            { id: "permissions", label: "Permissions", content: <PermissionsTab kind="role" name={name} /> },
            {
              id: "trust",
              label: "Trust relationships",
              content: withRole((each) => <TrustTab role={each} onChanged={loaded.reload} />),
            },
            {
              id: "tags",
              label: "Tags",
              content: (
                <TagsTab
                  loaded={{ ...loaded, value: role && (role.Tags ?? []) }}
                  onSave={(tags, removed) => saveTags(name, tags, removed)}
                />
              ),
            },
            {
              id: "last-accessed",
              label: "Last accessed",
              content: withRole((each) => <LastAccessedTab arn={each.Arn ?? ""} />),
            },
            { id: "revoke", label: "Revoke sessions", content: <RevokeTab name={name} /> },
          ]}
        />
      </SpaceBetween>
      {dialogue === "delete" && role && (
        <DeleteRoles roles={[role]} onDone={() => void navigate("/roles")} onDismiss={close} />
      )}
      {dialogue === "edit" && role && <EditRole role={role} onClose={close} onChanged={loaded.reload} />}
    </ContentLayout>
  );
}

async function saveTags(RoleName: string, Tags: Role["Tags"], TagKeys: string[]): Promise<void> {
  if (TagKeys.length > 0) await iam.send(new UntagRoleCommand({ RoleName, TagKeys }));
  if (Tags && Tags.length > 0) await iam.send(new TagRoleCommand({ RoleName, Tags }));
}

import Alert from "@cloudscape-design/components/alert";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useSession } from "#/app/session";
import { Details } from "#/pages/security-credentials/Details";
import { AccessKeys } from "#/parts/AccessKeys";
import { MfaDevices } from "#/parts/MfaDevices";
import { SignInSessions } from "#/parts/SignInSessions";

/** All by which the signed-in person proves who they are. */
export default function Page() {
  const isRoot = useSession().principal.kind === "root";
  const whose = isRoot ? "The root user of the account" : "The IAM user that you are signed in as";
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={`${whose}, and all by which it proves who it is.`}>
          My security credentials
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Details />
        <MfaDevices />
        {isRoot && (
          <Alert type="warning" statusIconAriaLabel="Warning" header="Do not create access keys for the root user">
            Whoever has such a key can do everything in this account, and nothing can restrict it. Create an IAM user or
            a role with the permissions that are needed instead.
          </Alert>
        )}
        <AccessKeys />
        <SignInSessions />
      </SpaceBetween>
    </ContentLayout>
  );
}

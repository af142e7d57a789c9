import {
  DeleteServiceSpecificCredentialCommand,
  ListServiceSpecificCredentialsCommand,
  UpdateServiceSpecificCredentialCommand,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { useLoad } from "#/api/useLoad";
import { CredentialTable } from "./CredentialTable";

/** The user name and password, or key, that a user has for one service each. */
export function ServiceCredentials({ userName: UserName }: { userName: string }) {
  const loaded = useLoad(() => listCredentials(UserName), [UserName]);
  return (
    <CredentialTable
      title="Service-specific credentials"
      description="Credentials that are good for a single service."
      aboutHeader="Service"
      loaded={loaded}
      onSetActive={(ServiceSpecificCredentialId, active) =>
        iam.send(
          new UpdateServiceSpecificCredentialCommand({
            UserName,
            ServiceSpecificCredentialId,
            Status: active ? "Active" : "Inactive",
          }),
        )
      }
      onDelete={(ServiceSpecificCredentialId) =>
        iam.send(new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }))
      }
    />
  );
}

async function listCredentials(UserName: string) {
  const credentials = await listAll(
    (Marker) => iam.send(new ListServiceSpecificCredentialsCommand({ UserName, Marker })),
    (page) => page.ServiceSpecificCredentials,
  );
  return credentials.map(({ ServiceSpecificCredentialId = "", ServiceName = "", Status, CreateDate }) => ({
    id: ServiceSpecificCredentialId,
    about: ServiceName,
    active: Status === "Active",
    createdAt: CreateDate,
  }));
}

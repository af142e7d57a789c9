import {
  DeleteSSHPublicKeyCommand,
  ListSSHPublicKeysCommand,
  UpdateSSHPublicKeyCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { FormModal } from "#/parts/FormModal";
import { CredentialTable } from "./CredentialTable";

/** The SSH public keys of a user. */
export function SshKeys({ userName: UserName }: { userName: string }) {
  const notify = useNotify();
  const [uploading, setUploading] = useState(false);
  const [text, setText] = useState("");
  const loaded = useLoad(() => listSshKeys(UserName), [UserName]);

  async function upload() {
    await iam.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: text }));
    notify.success("SSH public key uploaded.");
    setUploading(false);
    setText("");
    loaded.reload();
  }

  return (
    <>
      <CredentialTable
        title="SSH public keys"
        description="Use SSH public keys to authenticate access to repositories. A user can have up to five."
        aboutHeader="For"
        loaded={loaded}
        action={<Button onClick={() => setUploading(true)}>Upload SSH public key</Button>}
        onSetActive={(SSHPublicKeyId, active) =>
          iam.send(new UpdateSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Status: active ? "Active" : "Inactive" }))
        }
        onDelete={(SSHPublicKeyId) => iam.send(new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId }))}
      />
      {uploading && (
        <FormModal
          title="Upload SSH public key"
          button="Upload"
          disabled={text.trim() === ""}
          onSubmit={upload}
          onDismiss={() => setUploading(false)}
        >
          <FormField label="SSH public key" description="The content of a file such as id_rsa.pub.">
            <Textarea value={text} rows={8} spellcheck={false} onChange={({ detail }) => setText(detail.value)} />
          </FormField>
        </FormModal>
      )}
    </>
  );
}

async function listSshKeys(UserName: string) {
  const keys = await listAll(
    (Marker) => iam.send(new ListSSHPublicKeysCommand({ UserName, Marker })),
    (page) => page.SSHPublicKeys,
  );
  return keys.map(({ SSHPublicKeyId = "", Status, UploadDate }) => ({
    id: SSHPublicKeyId,
    about: "AWS CodeCommit",
    active: Status === "Active",
    createdAt: UploadDate,
  }));
}

import { UpdateSAMLProviderCommand } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { iam } from "#/api/clients";
import type { Provider } from "#/api/providers";
import { useNotify } from "#/app/notifications";
import { MetadataField } from "#/pages/create-provider/MetadataField";
import { metadataProblem } from "#/pages/create-provider/saml";
import { FormModal } from "#/parts/FormModal";

interface Properties {
  provider: Provider;
  metadata: string;
  onChanged: () => void;
}

/** What a SAML provider says of itself; it is replaced when its certificate changes. */
export function MetadataTab({ provider, metadata, onChanged }: Properties) {
  const [replacing, setReplacing] = useState(false);
  const [chosen, setChosen] = useState("");
  const notify = useNotify();
  const problem = metadataProblem(chosen);

  async function replace() {
    await iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn: provider.arn, SAMLMetadataDocument: chosen }));
    notify.success("Metadata document replaced.");
    setReplacing(false);
    setChosen("");
    onChanged();
  }

  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => download(`${provider.name}.xml`, metadata)}>Download metadata</Button>
              <Button onClick={() => setReplacing(true)}>Replace metadata</Button>
            </SpaceBetween>
          }
        >
          Metadata document
        </Header>
      }
    >
      <FormField label="Document" stretch>
        <Textarea value={metadata} readOnly rows={12} />
      </FormField>
      {replacing && (
        <FormModal
          title="Replace metadata"
          button="Replace metadata"
          enterSubmits={false}
          disabled={problem !== undefined}
          onSubmit={replace}
          onDismiss={() => setReplacing(false)}
        >
          <MetadataField problem={chosen === "" ? undefined : problem} onChange={setChosen} />
        </FormModal>
      )}
    </Container>
  );
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/xml" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}

import { type Tag, TagSAMLProviderCommand, UntagSAMLProviderCommand } from "@aws-sdk/client-iam";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { iam } from "#/api/clients";
import { getSamlProvider, type Provider } from "#/api/providers";
import { useLoad } from "#/api/useLoad";
import { EncryptionTab } from "#/pages/provider/EncryptionTab";
import { MetadataTab } from "#/pages/provider/MetadataTab";
import { ProviderLayout } from "#/pages/provider/ProviderLayout";
import { CopyText } from "#/parts/CopyText";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";
import { exact, Moment } from "#/parts/Moment";
import { PageTabs } from "#/parts/PageTabs";
import { TagsTab } from "#/parts/TagsTab";

export function SamlProvider({ provider }: { provider: Provider }) {
  const { arn } = provider;
  const loaded = useLoad(() => getSamlProvider(arn), [arn]);
  const facts = loaded.value;
  return (
    <ProviderLayout provider={provider}>
      <Container header={<Header variant="h2">Summary</Header>}>
        {loaded.error !== undefined && (
          <Failure what="The provider could not be shown" error={loaded.error} onRetry={loaded.reload} />
        )}
        {facts ? (
          <KeyValuePairs
            columns={2}
            minColumnWidth={180}
            items={[
              { label: "Provider type", value: provider.type },
              { label: "ARN", value: <CopyText text={arn} label="ARN" /> },
              { label: "Creation time", value: <Moment at={facts.CreateDate} /> },
              { label: "Valid until", value: facts.ValidUntil ? exact(facts.ValidUntil) : "-" },
              { label: "Unique ID", value: facts.SAMLProviderUUID ?? "-" },
            ]}
          />
        ) : (
          loaded.loading && <Loading />
        )}
      </Container>
      {facts && (
        <PageTabs
          label="Details of the provider"
          tabs={[
            {
              id: "metadata",
              label: "Metadata",
              content: (
                <MetadataTab
                  provider={provider}
                  metadata={facts.SAMLMetadataDocument ?? ""}
                  onChanged={loaded.reload}
                />
              ),
            },
            {
              id: "encryption",
              label: "Encryption",
              content: (
                <EncryptionTab
                  arn={arn}
                  required={facts.AssertionEncryptionMode === "Required"}
                  keys={facts.PrivateKeyList ?? []}
                  onChanged={loaded.reload}
                />
              ),
            },
            {
              id: "tags",
              label: "Tags",
              content: (
                <TagsTab
                  loaded={{ ...loaded, value: facts.Tags ?? [] }}
                  onSave={(tags, removed) => saveTags(arn, tags, removed)}
                />
              ),
            },
          ]}
        />
      )}
    </ProviderLayout>
  );
}

async function saveTags(SAMLProviderArn: string, Tags: Tag[], TagKeys: string[]): Promise<void> {
  if (TagKeys.length > 0) await iam.send(new UntagSAMLProviderCommand({ SAMLProviderArn, TagKeys }));
  if (Tags.length > 0) await iam.send(new TagSAMLProviderCommand({ SAMLProviderArn, Tags }));
}

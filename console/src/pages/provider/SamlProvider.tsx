import { type Tag, TagSAMLProviderCommand, UntagSAMLProviderCommand } from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { getSamlProvider, type Provider } from "#/api/providers";
import { useLoad } from "#/api/useLoad";
import { EncryptionTab } from "#/pages/provider/EncryptionTab";
import { MetadataTab } from "#/pages/provider/MetadataTab";
import { ProviderLayout } from "#/pages/provider/ProviderLayout";
import { ProviderSummary } from "#/pages/provider/ProviderSummary";
import { CopyText } from "#/parts/CopyText";
import { exact, Moment } from "#/parts/Moment";
import { PageTabs } from "#/parts/PageTabs";
import { TagsTab } from "#/parts/TagsTab";

export function SamlProvider({ provider }: { provider: Provider }) {
  const { arn } = provider;
  const loaded = useLoad(() => getSamlProvider(arn), [arn]);
  const facts = loaded.value;
  return (
    <ProviderLayout provider={provider}>
      <ProviderSummary
        loaded={loaded}
        items={(facts) => [
          { label: "Provider type", value: provider.type },
          { label: "ARN", value: <CopyText text={arn} label="ARN" /> },
          { label: "Creation time", value: <Moment at={facts.CreateDate} /> },
          { label: "Valid until", value: facts.ValidUntil ? exact(facts.ValidUntil) : "-" },
          { label: "Unique ID", value: facts.SAMLProviderUUID ?? "-" },
        ]}
      />
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

import { type Tag, TagOpenIDConnectProviderCommand, UntagOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { getOidcProvider, type Provider } from "#/api/providers";
import { useLoad } from "#/api/useLoad";
import { AudiencesTab } from "#/pages/provider/AudiencesTab";
import { ProviderLayout } from "#/pages/provider/ProviderLayout";
import { ProviderSummary } from "#/pages/provider/ProviderSummary";
import { ThumbprintsTab } from "#/pages/provider/ThumbprintsTab";
import { CopyText } from "#/parts/CopyText";
import { Moment } from "#/parts/Moment";
import { PageTabs } from "#/parts/PageTabs";
import { TagsTab } from "#/parts/TagsTab";

export function OidcProvider({ provider }: { provider: Provider }) {
  const { arn } = provider;
  const loaded = useLoad(() => getOidcProvider(arn), [arn]);
  const facts = loaded.value;
  return (
    <ProviderLayout provider={provider}>
      <ProviderSummary
        loaded={loaded}
        items={(facts) => [
          { label: "Provider URL", value: facts.Url },
          { label: "Provider type", value: provider.type },
          { label: "Creation time", value: <Moment at={facts.CreateDate} /> },
          { label: "ARN", value: <CopyText text={arn} label="ARN" /> },
        ]}
      />
      {facts && (
        <PageTabs
          label="Details of the provider"
          tabs={[
            {
              id: "audiences",
              label: "Audiences",
              content: <AudiencesTab arn={arn} audiences={facts.ClientIDList ?? []} onChanged={loaded.reload} />,
            },
            {
              id: "thumbprints",
              label: "Thumbprints",
              content: <ThumbprintsTab arn={arn} thumbprints={facts.ThumbprintList ?? []} onChanged={loaded.reload} />,
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

async function saveTags(OpenIDConnectProviderArn: string, Tags: Tag[], TagKeys: string[]): Promise<void> {
  if (TagKeys.length > 0) await iam.send(new UntagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, TagKeys }));
  if (Tags.length > 0) await iam.send(new TagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, Tags }));
}

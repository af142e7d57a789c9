import { type Tag, TagOpenIDConnectProviderCommand, UntagOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { iam } from "#/api/clients";
import { getOidcProvider, type Provider } from "#/api/providers";
import { useLoad } from "#/api/useLoad";
import { AudiencesTab } from "#/pages/provider/AudiencesTab";
import { ProviderLayout } from "#/pages/provider/ProviderLayout";
import { ThumbprintsTab } from "#/pages/provider/ThumbprintsTab";
import { CopyText } from "#/parts/CopyText";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";
import { Moment } from "#/parts/Moment";
import { PageTabs } from "#/parts/PageTabs";
import { TagsTab } from "#/parts/TagsTab";

export function OidcProvider({ provider }: { provider: Provider }) {
  const { arn } = provider;
  const loaded = useLoad(() => getOidcProvider(arn), [arn]);
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
              { label: "Provider URL", value: facts.Url },
              { label: "Provider type", value: provider.type },
              { label: "Creation time", value: <Moment at={facts.CreateDate} /> },
              { label: "ARN", value: <CopyText text={arn} label="ARN" /> },
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

import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import { useParams } from "react-router";
import { providerOf } from "#/api/providers";
import { OidcProvider } from "#/pages/provider/OidcProvider";
import { SamlProvider } from "#/pages/provider/SamlProvider";
import { RouterLink } from "#/parts/RouterLink";

export default function ProviderPage() {
  const { arn = "" } = useParams();
  if (!/^arn:[^:]+:iam::\d{12}:(oidc|saml)-provider\/./.test(arn)) {
    return (
      <ContentLayout header={<Header variant="h1">There is no such identity provider</Header>}>
        Go on from the list of <RouterLink to="/providers">identity providers</RouterLink>.
      </ContentLayout>
    );
  }
  const provider = providerOf(arn);
  return provider.type === "SAML" ? <SamlProvider provider={provider} /> : <OidcProvider provider={provider} />;
}

import type { Tag } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { useState } from "react";
import { useNavigate } from "react-router";
import { type Provider, providerOf } from "#/api/providers";
import { useNotify } from "#/app/notifications";
import { OidcForm } from "#/pages/create-provider/OidcForm";
import { createOidc, NO_OIDC, oidcProblems } from "#/pages/create-provider/oidc";
import { SamlForm } from "#/pages/create-provider/SamlForm";
import { createSaml, NO_SAML, samlProblems } from "#/pages/create-provider/saml";
import { Failure } from "#/parts/Failure";
import { TagsEditor, tagProblems } from "#/parts/TagsEditor";
import { useSubmission } from "#/parts/useSubmission";

export default function CreateProviderPage() {
  const [type, setType] = useState<Provider["type"]>("SAML");
  const [saml, setSaml] = useState(NO_SAML);
  const [oidc, setOidc] = useState(NO_OIDC);
  const [tags, setTags] = useState<Tag[]>([]);
  const [tried, setTried] = useState(false);
  const { busy, error, run, forgetError } = useSubmission({ leaves: true });
  const navigate = useNavigate();
  const notify = useNotify();
  const problemsOf = { SAML: samlProblems(saml), "OpenID Connect": oidcProblems(oidc) };

  async function create() {
    setTried(true);
    if (Object.keys(problemsOf[type]).length > 0 || tagProblems(tags).length > 0) return;
    await run(async () => {
      const arn = type === "SAML" ? await createSaml(saml, tags) : await createOidc(oidc, tags);
      notify.success(`${providerOf(arn).name} added.`);
      void navigate("/providers");
    });
  }

  return (
    <ContentLayout header={<Header variant="h1">Add an identity provider</Header>}>
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => void navigate("/providers")}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} onClick={() => void create()}>
              Add provider
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {error !== undefined && <Failure what="The provider was not added" error={error} />}
          <Container header={<Header variant="h2">Provider type</Header>}>
            <Tiles
              ariaLabel="Provider type"
              value={type}
              items={[
                {
                  value: "SAML",
                  label: "SAML",
                  description: "Establish trust between this account and a SAML 2.0 compatible identity provider.",
                },
                {
                  value: "OpenID Connect",
                  label: "OpenID Connect",
                  description: "Establish trust between this account and an OpenID Connect identity provider.",
                },
              ]}
              onChange={({ detail }) => {
                setType(detail.value === "SAML" ? "SAML" : "OpenID Connect");
                setTried(false);
                forgetError();
              }}
            />
          </Container>
          {type === "SAML" ? (
            <SamlForm saml={saml} problems={tried ? problemsOf.SAML : {}} onChange={setSaml} />
          ) : (
            <OidcForm oidc={oidc} problems={tried ? problemsOf["OpenID Connect"] : {}} onChange={setOidc} />
          )}
          <Container header={<Header variant="h2">Add tags - optional</Header>}>
            <TagsEditor tags={tags} onChange={setTags} disabled={busy} insist={tried} />
          </Container>
        </SpaceBetween>
      </Form>
    </ContentLayout>
  );
}

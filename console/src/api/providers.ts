import {
  DeleteOpenIDConnectProviderCommand,
  DeleteSAMLProviderCommand,
  GetOpenIDConnectProviderCommand,
  GetSAMLProviderCommand,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";

/** An identity provider, as its ARN tells it. */
export interface Provider {
  arn: string;
  type: "OpenID Connect" | "SAML";
  /** The name of a SAML provider; the address of an OpenID Connect provider, without its scheme. */
  name: string;
}

export function providerOf(arn: string): Provider {
  const type = arn.includes(":oidc-provider/") ? "OpenID Connect" : "SAML";
  return { arn, type, name: arn.slice(arn.indexOf("/") + 1) };
}

export async function listOidcProviders(): Promise<Provider[]> {
  const answer = await iam.send(new ListOpenIDConnectProvidersCommand({}));
  return (answer.OpenIDConnectProviderList ?? []).map(({ Arn = "" }) => providerOf(Arn));
}

export async function listSamlProviders(): Promise<Provider[]> {
  const answer = await iam.send(new ListSAMLProvidersCommand({}));
  return (answer.SAMLProviderList ?? []).map(({ Arn = "" }) => providerOf(Arn));
}

export function getOidcProvider(OpenIDConnectProviderArn: string) {
  return iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
}

export function getSamlProvider(SAMLProviderArn: string) {
  return iam.send(new GetSAMLProviderCommand({ SAMLProviderArn }));
}

export function deleteProvider({ arn, type }: Provider): Promise<unknown> {
  if (type === "SAML") return iam.send(new DeleteSAMLProviderCommand({ SAMLProviderArn: arn }));
  return iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
}

import { CreateSAMLProviderCommand, type Tag } from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";

/** A SAML provider as it is being entered. */
export interface SamlDraft {
  name: string;
  metadata: string;
}

export interface SamlProblems {
  name?: string;
  metadata?: string;
}

export const NO_SAML: SamlDraft = { name: "", metadata: "" };

const NAME = /^[\w._-]{1,128}$/;
const SHORTEST_METADATA = 1_000;
const LONGEST_METADATA = 10_000_000;

export function samlProblems({ name, metadata }: SamlDraft): SamlProblems {
  const wrong = metadataProblem(metadata);
  return {
    ...(NAME.test(name) ? {} : { name: "Enter a name of up to 128 characters: alphanumeric ones or '._-'." }),
    ...(wrong ? { metadata: wrong } : {}),
  };
}

export function metadataProblem(metadata: string): string | undefined {
  if (metadata === "") return "Choose the metadata document that the identity provider gives out.";
  if (metadata.length >= SHORTEST_METADATA && metadata.length <= LONGEST_METADATA) return undefined;
  return "A metadata document has from 1,000 to 10,000,000 characters.";
}

/** Registers it, and returns its ARN. */
export async function createSaml({ name, metadata }: SamlDraft, tags: Tag[]): Promise<string> {
  const answer = await iam.send(
    new CreateSAMLProviderCommand({
      Name: name,
      SAMLMetadataDocument: metadata,
      ...(tags.length > 0 ? { Tags: tags } : {}),
    }),
  );
  return answer.SAMLProviderArn ?? "";
}

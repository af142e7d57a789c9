import { isJson } from "#/api/policyDocuments";
import { providerOf } from "#/api/providers";

export type TrustKind = "service" | "account" | "webIdentity" | "saml" | "custom";

/** Who is to assume the role, as it is being chosen; what was entered for the other kinds is kept. */
export interface Trust {
  kind: TrustKind;
  service: string;
  account: { another: boolean; id: string; withExternalId: boolean; externalId: string; requireMfa: boolean };
  webIdentity: { provider: string; audience: string; subject: string };
  saml: { provider: string; access: SamlAccess; attribute: string; value: string };
  custom: string;
}

export type SamlAccess = "programmatic" | "console";

/** Where AWS takes SAML responses for its console, and what they must be meant for. */
export const SAML_SIGN_IN = "https://signin.aws.amazon.com/saml";

export const SAML_ATTRIBUTES = ["SAML:aud", "SAML:iss", "SAML:sub", "SAML:sub_type", "SAML:namequalifier"];

export const NO_TRUST: Trust = {
  kind: "service",
  service: "",
  account: { another: false, id: "", withExternalId: false, externalId: "", requireMfa: false },
  webIdentity: { provider: "", audience: "", subject: "" },
  saml: { provider: "", access: "console", attribute: "SAML:aud", value: SAML_SIGN_IN },
  custom: JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [{ Sid: "Statement1", Effect: "Allow", Principal: {}, Action: "sts:AssumeRole" }],
    },
    null,
    4,
  ),
};

/** Returns the trust policy that says what was chosen. */
export function trustPolicyOf(trust: Trust, ownAccount: string): string {
  if (trust.kind === "custom") return trust.custom;
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statementOf(trust, ownAccount) }] };
  return JSON.stringify(document, null, 4);
}

function statementOf(trust: Trust, ownAccount: string): object {
  switch (trust.kind) {
    case "service":
      return { Principal: { Service: trust.service }, Action: "sts:AssumeRole" };
    case "account":
      return accountStatement(trust.account, ownAccount);
    case "webIdentity": {
      const { provider, audience, subject } = trust.webIdentity;
      const issuer = providerOf(provider).name;
      return {
        Principal: { Federated: provider },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: claimsCondition(`${issuer}:aud`, audience, `${issuer}:sub`, subject),
      };
    }
    default: {
      const { provider, attribute, value } = trust.saml;
      return {
        Principal: { Federated: provider },
        Action: "sts:AssumeRoleWithSAML",
        Condition: { StringEquals: { [attribute]: value } },
      };
    }
  }
}

/** A subject may stand for many, such as all branches of a repository. */
function claimsCondition(audienceKey: string, audience: string, subjectKey: string, subject: string): object {
  if (subject === "") return { StringEquals: { [audienceKey]: audience } };
  if (!/[*?]/.test(subject)) return { StringEquals: { [audienceKey]: audience, [subjectKey]: subject } };
  return { StringEquals: { [audienceKey]: audience }, StringLike: { [subjectKey]: subject } };
}

function accountStatement(account: Trust["account"], ownAccount: string): object {
  const id = account.another ? account.id : ownAccount;
  const condition = {
    ...(account.withExternalId ? { StringEquals: { "sts:ExternalId": account.externalId } } : {}),
    ...(account.requireMfa ? { Bool: { "aws:MultiFactorAuthPresent": "true" } } : {}),
  };
  return {
    Principal: { AWS: `arn:aws:iam::${id}:root` },
    Action: "sts:AssumeRole",
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
}

const SERVICE_PRINCIPAL = /^[a-z0-9][a-z0-9.-]*\.[a-z0-9.-]+$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

/** What is wrong with what was chosen, by the field that it is wrong in. */
export interface TrustProblems {
  service?: string;
  accountId?: string;
  externalId?: string;
  provider?: string;
  audience?: string;
  value?: string;
  custom?: string;
}

export function trustProblems(trust: Trust): TrustProblems {
  switch (trust.kind) {
    case "service":
      return SERVICE_PRINCIPAL.test(trust.service)
        ? {}
        : { service: "Choose a service, or enter a service principal such as ec2.amazonaws.com." };
    case "account":
      return accountProblems(trust.account);
    case "webIdentity":
      return {
        ...(trust.webIdentity.provider ? {} : { provider: "Choose an identity provider." }),
        ...(trust.webIdentity.audience ? {} : { audience: "Choose an audience." }),
      };
    case "saml":
      return {
        ...(trust.saml.provider ? {} : { provider: "Choose a SAML 2.0 provider." }),
        ...(trust.saml.value ? {} : { value: "Enter a value." }),
      };
    default:
      return isJson(trust.custom) ? {} : { custom: "The trust policy is not valid JSON." };
  }
}

function accountProblems({ another, id, withExternalId, externalId }: Trust["account"]): TrustProblems {
  return {
    ...(another && !/^\d{12}$/.test(id) ? { accountId: "Enter an account ID: 12 digits." } : {}),
    ...(withExternalId && !EXTERNAL_ID.test(externalId)
      ? { externalId: "Enter 2 to 1,224 characters: alphanumeric ones and '+=,.@:/-_'." }
      : {}),
  };
}

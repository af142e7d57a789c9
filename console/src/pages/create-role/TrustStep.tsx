import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { AccountTrust } from "#/pages/create-role/AccountTrust";
import { SamlTrust } from "#/pages/create-role/SamlTrust";
import { ServiceTrust } from "#/pages/create-role/ServiceTrust";
import type { Trust, TrustKind, TrustProblems } from "#/pages/create-role/trust";
import { WebIdentityTrust } from "#/pages/create-role/WebIdentityTrust";
import { PolicyEditor } from "#/parts/PolicyEditor";

const KINDS: { value: TrustKind; label: string; description: string }[] = [
  {
    value: "service",
    label: "AWS service",
    description: "Allow AWS services like EC2, Lambda, or others to perform actions in this account.",
  },
  {
    value: "account",
    label: "AWS account",
    description: "Allow entities in this or other AWS accounts to perform actions in this account.",
  },
  {
    value: "webIdentity",
    label: "Web identity",
    description: "Allow users federated by an external web identity provider to assume this role.",
  },
  {
    value: "saml",
    label: "SAML 2.0 federation",
    description: "Allow users federated with SAML 2.0 from a corporate directory to assume this role.",
  },
  {
    value: "custom",
    label: "Custom trust policy",
    description: "Create a custom trust policy to enable others to perform actions in this account.",
  },
];

interface Properties {
  trust: Trust;
  problems: TrustProblems;
  onChange: (trust: Trust) => void;
}

/** Who may assume the role. */
export function TrustStep({ trust, problems, onChange }: Properties) {
  const change = (part: Partial<Trust>) => onChange({ ...trust, ...part });
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Trusted entity type</Header>}>
        <Tiles
          ariaLabel="Trusted entity type"
          value={trust.kind}
          items={KINDS}
          columns={3}
          onChange={({ detail }) => change({ kind: detail.value as TrustKind })}
        />
      </Container>
      {trust.kind === "service" && (
        <ServiceTrust service={trust.service} problem={problems.service} onChange={(service) => change({ service })} />
      )}
      {trust.kind === "account" && (
        <AccountTrust account={trust.account} problems={problems} onChange={(account) => change({ account })} />
      )}
      {trust.kind === "webIdentity" && (
        <WebIdentityTrust
          webIdentity={trust.webIdentity}
          problems={problems}
          onChange={(webIdentity) => change({ webIdentity })}
        />
      )}
      {trust.kind === "saml" && (
        <SamlTrust saml={trust.saml} problems={problems} onChange={(saml) => change({ saml })} />
      )}
      {trust.kind === "custom" && (
        <Container header={<Header variant="h2">Custom trust policy</Header>}>
          <SpaceBetween size="s">
            {problems.custom && (
              <Alert type="error" statusIconAriaLabel="Error">
                {problems.custom}
              </Alert>
            )}
            <PolicyEditor kind="trust" value={trust.custom} onChange={(custom) => change({ custom })} />
          </SpaceBetween>
        </Container>
      )}
    </SpaceBetween>
  );
}

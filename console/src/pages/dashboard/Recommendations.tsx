import "./dashboard.css";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { loadCredentialReport } from "#/api/credentialReport";
import { directAdministrators, findPasswordPolicy, wideOpenPolicies } from "#/api/recommendations";
import { type Loaded, useLoad } from "#/api/useLoad";
import { useSession } from "#/app/session";
import { Check, type CheckProperties, type Finding } from "#/pages/dashboard/Check";
import {
  administrators,
  keyAge,
  mfaOfUsers,
  passwordPolicy,
  rootKeys,
  rootMfa,
  rootUse,
  unusedCredentials,
  wideOpen,
} from "#/pages/dashboard/findings";

type Summary = Partial<Record<string, number>>;

/** What is to be mended in the account, the gravest first; each point is loaded, and may be refused, by itself. */
export function Recommendations({ summary }: { summary: Loaded<Summary> }) {
  const isRoot = useSession().principal.kind === "root";
  const report = useLoad(loadCredentialReport, []);
  const policies = useLoad(wideOpenPolicies, []);
  const directly = useLoad(directAdministrators, []);
  const password = useLoad(async () => ({ policy: await findPasswordPolicy() }), []);
  const now = new Date();

  const checks: CheckProperties[] = [
    { subject: "MFA of the root user", loaded: found(summary, (counts) => rootMfa(counts, isRoot)) },
    { subject: "Access keys of the root user", loaded: found(summary, (counts) => rootKeys(counts, isRoot)) },
    { subject: "MFA of users with console access", loaded: found(report, mfaOfUsers) },
    { subject: "Customer managed policies that allow everything", loaded: found(policies, wideOpen) },
    { subject: "Use of the root user", loaded: found(report, (rows) => rootUse(rows, now)) },
    { subject: "Users with AdministratorAccess", loaded: found(directly, administrators) },
    { subject: "Age of access keys", loaded: found(report, (rows) => keyAge(rows, now)) },
    { subject: "Unused credentials", loaded: found(report, (rows) => unusedCredentials(rows, now)) },
    { subject: "Password policy", loaded: found(password, ({ policy }) => passwordPolicy(policy)) },
  ];
  const all = [summary, report, policies, directly, password];
  const open = checks.filter(({ loaded }) => loaded.value?.severity).length;
  const known = checks.every(({ loaded }) => loaded.value);

  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={known ? `(${open})` : open > 0 ? `(${open}+)` : ""}
          actions={
            <Button
              iconName="refresh"
              ariaLabel="Refresh security recommendations"
              loading={all.some(({ loading }) => loading)}
              onClick={() => {
                for (const { reload } of all) reload();
              }}
            />
          }
        >
          Security recommendations
        </Header>
      }
    >
      <SpaceBetween size="s">
        {known && open === 0 && <Box color="text-status-success">There is nothing to mend.</Box>}
        <ul className="plain-list">
          {checks.map((check) => (
            <li key={check.subject}>
              <Check {...check} />
            </li>
          ))}
        </ul>
      </SpaceBetween>
    </Container>
  );
}

function found<T>({ value, ...rest }: Loaded<T>, tell: (value: T) => Finding): Loaded<Finding> {
  return { ...rest, value: value === undefined ? undefined : tell(value) };
}

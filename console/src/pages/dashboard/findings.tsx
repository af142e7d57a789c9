import type { PasswordPolicy } from "@aws-sdk/client-iam";
import type { CredentialReport } from "#/api/credentialReport";
import {
  isWithin,
  MOST_DAYS,
  ROOT_DAYS,
  rootLastUsed,
  type Severity,
  usersWithOldKeys,
  usersWithoutMfa,
  usersWithUnusedCredentials,
  type WideOpenPolicy,
} from "#/api/recommendations";
import type { Finding } from "#/pages/dashboard/Check";
import { ago } from "#/parts/Moment";
import { RouterLink } from "#/parts/RouterLink";

/** What each point of an account's security comes to, in words. */

type Summary = Partial<Record<string, number>>;

const MOST_NAMED = 5;

export function rootMfa(summary: Summary, isRoot: boolean): Finding {
  if (summary.AccountMFAEnabled) return { title: "Root user has MFA" };
  return {
    severity: "high",
    title: "Add MFA for root user",
    detail: "Register multi-factor authentication for the root user: whoever learns its password can do everything.",
    link: isRoot ? <RouterLink to="/secure-account">Add MFA</RouterLink> : "Sign in as the root user to add it.",
  };
}

export function rootKeys(summary: Summary, isRoot: boolean): Finding {
  if (!summary.AccountAccessKeysPresent) return { title: "Root user has no access keys" };
  return {
    severity: "high",
    title: "Delete access keys of root user",
    detail: "An access key of the root user can do everything without a second factor. Use those of a role or a user.",
    link: isRoot ? (
      <RouterLink to="/security-credentials">Manage access keys</RouterLink>
    ) : (
      "Sign in as the root user to delete them."
    ),
  };
}

export function rootUse(report: CredentialReport, now: Date): Finding {
  const used = rootLastUsed(report);
  if (!isWithin(ROOT_DAYS, used, now)) return { title: `Root user was not used in the last ${ROOT_DAYS} days` };
  return {
    severity: "medium",
    title: "Root user was used lately",
    detail: `It was last used ${used ? ago(used, now) : "lately"}. Do daily work as a user with only the permissions it takes.`,
    link: <RouterLink to="/trail?user=root">See what it did</RouterLink>,
  };
}

export function mfaOfUsers(report: CredentialReport): Finding {
  return aboutUsers(usersWithoutMfa(report), {
    severity: "high",
    good: "All users with console access have MFA",
    title: (users) => `Add MFA for ${users} with console access`,
    detail: "A password alone lets in whoever learns it.",
  });
}

export function keyAge(report: CredentialReport, now: Date): Finding {
  return aboutUsers(usersWithOldKeys(report, now), {
    severity: "medium",
    good: `No active access key is older than ${MOST_DAYS} days`,
    title: (users) => `Rotate access keys of ${users}`,
    detail: `These have an active access key that is older than ${MOST_DAYS} days.`,
  });
}

export function unusedCredentials(report: CredentialReport, now: Date): Finding {
  return aboutUsers(usersWithUnusedCredentials(report, now), {
    severity: "medium",
    good: `No credentials are unused for more than ${MOST_DAYS} days`,
    title: (users) => `Remove unused credentials of ${users}`,
    detail: `A password or an access key of these was not used for more than ${MOST_DAYS} days. Deactivate or remove it.`,
  });
}

export function wideOpen(policies: WideOpenPolicy[]): Finding {
  if (policies.length === 0) return { title: "No customer managed policy allows everything" };
  return {
    severity: "high",
    title: `Narrow ${counted(policies.length, "policy", "policies")} that ${policies.length === 1 ? "allows" : "allow"} everything`,
    detail: "They allow every action on every resource. Grant only the permissions that the work takes:",
    link: (
      <Listed
        items={policies.map(({ name, arn }) => ({ name, path: `/policies/${encodeURIComponent(arn)}` }))}
        all="/policies"
      />
    ),
  };
}

export function administrators(users: string[]): Finding {
  return aboutUsers(users, {
    severity: "medium",
    good: "No user has AdministratorAccess directly",
    title: (some) => `Give AdministratorAccess to a group, not to ${some} directly`,
    detail: "Permissions by groups are easier to see and to take back.",
  });
}

export function passwordPolicy(policy: PasswordPolicy | undefined): Finding {
  if (policy) {
    return { title: `Passwords follow the account's policy: at least ${policy.MinimumPasswordLength ?? 8} characters` };
  }
  return {
    severity: "low",
    title: "Set a password policy",
    detail: "The account has none of its own, so passwords need only follow IAM's default policy.",
    link: <RouterLink to="/settings">Edit password policy</RouterLink>,
  };
}

interface AboutUsers {
  severity: Severity;
  good: string;
  title: (users: string) => string;
  detail: string;
}

function aboutUsers(names: string[], { severity, good, title, detail }: AboutUsers): Finding {
  if (names.length === 0) return { title: good };
  const items = names.slice(0, MOST_NAMED).map((name) => ({ name, path: `/users/${encodeURIComponent(name)}` }));
  return {
    severity,
    title: title(counted(names.length, "user", "users")),
    detail,
    link: <Listed items={items} more={names.length - items.length} all="/users" />,
  };
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

function Listed({ items, more, all }: { items: { name: string; path: string }[]; more?: number; all: string }) {
  const shown = items.slice(0, MOST_NAMED);
  const rest = more ?? items.length - shown.length;
  return (
    <>
      {shown.map(({ name, path }, index) => (
        <span key={path}>
          {index > 0 && ", "}
          <RouterLink to={path}>{name}</RouterLink>
        </span>
      ))}
      {rest > 0 && (
        <>
          {" and "}
          <RouterLink to={all}>{rest.toLocaleString("en")} more</RouterLink>
        </>
      )}
    </>
  );
}

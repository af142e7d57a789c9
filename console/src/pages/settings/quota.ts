/** How much of something there may be, and how much there is when that is counted for the whole account. */
export interface QuotaRow {
  name: string;
  used: number | undefined;
  quota: number | undefined;
}

const COUNTED: Record<string, string> = {
  Users: "Users",
  Groups: "User groups",
  Roles: "Roles",
  Policies: "Customer managed policies",
  PolicyVersionsInUse: "Policy versions in use",
  InstanceProfiles: "Instance profiles",
  ServerCertificates: "Server certificates",
  Providers: "Identity providers",
  MFADevices: "MFA devices",
  MFADevicesInUse: "MFA devices in use",
};

const LIMITS: Record<string, string> = {
  AccessKeysPerUserQuota: "Access keys per user",
  SigningCertificatesPerUserQuota: "Signing certificates per user",
  GroupsPerUserQuota: "Groups per user",
  AttachedPoliciesPerUserQuota: "Managed policies attached to a user",
  AttachedPoliciesPerGroupQuota: "Managed policies attached to a group",
  AttachedPoliciesPerRoleQuota: "Managed policies attached to a role",
  VersionsPerPolicyQuota: "Versions of a managed policy",
  PolicySizeQuota: "Characters of a managed policy",
  UserPolicySizeQuota: "Characters of a user's inline policies",
  GroupPolicySizeQuota: "Characters of a group's inline policies",
  RolePolicySizeQuota: "Characters of a role's inline policies",
  AssumeRolePolicySizeQuota: "Characters of a trust policy",
};

/** Puts what GetAccountSummary answers into rows. */
export function quotaRows(summary: Record<string, number>): QuotaRow[] {
  return [
    ...Object.entries(COUNTED).map(([key, name]) => ({ name, used: summary[key], quota: summary[`${key}Quota`] })),
    ...Object.entries(LIMITS).map(([key, name]) => ({ name, used: undefined, quota: summary[key] })),
  ].filter((row) => row.used !== undefined || row.quota !== undefined);
}

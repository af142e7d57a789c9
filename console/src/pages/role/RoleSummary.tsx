import type { Role } from "@aws-sdk/client-iam";
import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { describe } from "#/api/refusal";
import { instanceProfilesOf } from "#/api/roles";
import { useLoad } from "#/api/useLoad";
import { CopyText } from "#/parts/CopyText";
import { inWords } from "#/parts/duration";
import { Moment } from "#/parts/Moment";

/** The facts of a role. */
export function RoleSummary({ role }: { role: Role }) {
  return (
    <KeyValuePairs
      columns={3}
      minColumnWidth={180}
      items={[
        { label: "Creation date", value: <Moment at={role.CreateDate} /> },
        { label: "ARN", value: <CopyText text={role.Arn ?? ""} label="ARN" /> },
        { label: "Instance profile ARN", value: <InstanceProfiles role={role.RoleName ?? ""} /> },
        { label: "Last activity", value: <Moment at={role.RoleLastUsed?.LastUsedDate} /> },
        { label: "Maximum session duration", value: inWords(role.MaxSessionDuration ?? 3_600) },
        { label: "Path", value: role.Path ?? "/" },
      ]}
    />
  );
}

function InstanceProfiles({ role }: { role: string }) {
  const { value, error } = useLoad(() => instanceProfilesOf(role), [role]);
  if (error) return <StatusIndicator type="warning">{describe(error).message}</StatusIndicator>;
  if (value === undefined) return <StatusIndicator type="loading">Loading</StatusIndicator>;
  if (value.length === 0) return "-";
  return value.map((profile) => (
    <Box key={profile.Arn}>
      <CopyText text={profile.Arn ?? ""} label="Instance profile ARN" />
    </Box>
  ));
}

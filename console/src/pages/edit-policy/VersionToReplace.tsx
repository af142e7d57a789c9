import type { PolicyVersion } from "@aws-sdk/client-iam";
import Alert from "@cloudscape-design/components/alert";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { MOST_VERSIONS } from "#/api/managedPolicies";
import { exact } from "#/parts/Moment";

interface Properties {
  versions: PolicyVersion[];
  chosen: string | undefined;
  onChange: (version: string) => void;
}

/** Asks which version makes room for a new one. */
export function VersionToReplace({ versions, chosen, onChange }: Properties) {
  return (
    <Alert
      type="warning"
      statusIconAriaLabel="Warning"
      header={`The policy has ${MOST_VERSIONS} versions, as many as it may`}
    >
      <SpaceBetween size="s">
        Saving deletes the version that is chosen here. This cannot be undone.
        <RadioGroup
          ariaLabel="Version to delete"
          value={chosen ?? null}
          onChange={({ detail }) => onChange(detail.value)}
          items={versions.map(({ VersionId = "", CreateDate }) => ({
            value: VersionId,
            label: `Delete version ${VersionId}`,
            description: CreateDate ? `Created ${exact(CreateDate)}` : "",
          }))}
        />
      </SpaceBetween>
    </Alert>
  );
}

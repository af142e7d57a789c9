import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { NewKey } from "#/api/accessKeys";
import { csvOf, download } from "#/api/csv";
import { CopyText } from "#/parts/CopyText";
import { Secret } from "#/parts/Secret";

/** A new key with its secret, this once. */
export function KeySecret({ created, userName }: { created: NewKey; userName: string | undefined }) {
  function save() {
    const text = csvOf(["Access key ID", "Secret access key"], [[created.id, created.secret]]);
    download(userName === undefined ? "accessKeys.csv" : `${userName}_accessKeys.csv`, text);
  }

  return (
    <SpaceBetween size="m">
      <Alert type="warning" statusIconAriaLabel="Warning">
        This is the only time that the secret access key can be viewed or downloaded. You cannot recover it later.
        However, you can create a new access key any time.
      </Alert>
      <KeyValuePairs
        columns={2}
        minColumnWidth={220}
        items={[
          { label: "Access key", value: <CopyText text={created.id} label="Access key ID" /> },
          { label: "Secret access key", value: <Secret text={created.secret} label="secret access key" /> },
        ]}
      />
      <Button iconName="download" formAction="none" onClick={save}>
        Download .csv file
      </Button>
    </SpaceBetween>
  );
}

import { ListMFADevicesCommand, type User } from "@aws-sdk/client-iam";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import type { AccessKey } from "#/api/accessKeys";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { type Loaded, useLoad } from "#/api/useLoad";
import { KeyUseText } from "#/parts/access-keys/KeyUseText";
import { CopyText } from "#/parts/CopyText";
import { Moment } from "#/parts/Moment";
import type { ConsoleAccess } from "./consoleAccess";
import { Fact } from "./Fact";

interface Properties {
  name: string;
  user: Loaded<User | undefined>;
  access: Loaded<ConsoleAccess>;
  keys: Loaded<AccessKey[]>;
}

/** What one wants to know of a user at first sight. */
export function Summary({ name, user, access, keys }: Properties) {
  const devices = useLoad(
    () =>
      listAll(
        (Marker) => iam.send(new ListMFADevicesCommand({ UserName: name, Marker })),
        (page) => page.MFADevices,
      ),
    [name],
  );

  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={3}
        minColumnWidth={220}
        items={[
          {
            label: "ARN",
            value: <Fact loaded={user}>{(known) => <CopyText text={known?.Arn ?? ""} label="ARN" />}</Fact>,
          },
          {
            label: "Console access",
            value: (
              <Fact loaded={access}>
                {({ enabled }) =>
                  enabled ? (
                    <Fact loaded={devices}>{(known) => <Enabled withMfa={known.length > 0} />}</Fact>
                  ) : (
                    <StatusIndicator type="stopped">Disabled</StatusIndicator>
                  )
                }
              </Fact>
            ),
          },
          { label: "Access key 1", value: <Fact loaded={keys}>{([first]) => keyText(first)}</Fact> },
          { label: "Created", value: <Fact loaded={user}>{(known) => <Moment at={known?.CreateDate} />}</Fact> },
          {
            label: "Last console sign-in",
            value: <Fact loaded={user}>{(known) => <Moment at={known?.PasswordLastUsed} />}</Fact>,
          },
          { label: "Access key 2", value: <Fact loaded={keys}>{([, second]) => keyText(second)}</Fact> },
        ]}
      />
    </Container>
  );
}

function Enabled({ withMfa }: { withMfa: boolean }) {
  return withMfa ? (
    <StatusIndicator type="success">Enabled with MFA</StatusIndicator>
  ) : (
    <StatusIndicator type="warning">Enabled without MFA</StatusIndicator>
  );
}

function keyText(key: AccessKey | undefined): ReactNode {
  if (key === undefined) return "-";
  return (
    <>
      <CopyText text={key.id} label={`access key ID ${key.id}`} />
      <div>
        {key.active ? "Active" : "Inactive"}. Created <Moment at={key.createdAt} />. Last used:{" "}
        <KeyUseText accessKey={key} />
      </div>
    </>
  );
}

import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import LiveRegion from "@cloudscape-design/components/live-region";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useState } from "react";
import type { AccessKey } from "#/api/accessKeys";
import { Failure } from "#/parts/Failure";
import { Moment } from "#/parts/Moment";
import { KeyUseText } from "./KeyUseText";

interface Properties {
  old: AccessKey;
  fresh: AccessKey;
  onLook: () => Promise<void>;
}

const EVERY_MS = 3000;

/** Shows the last use of two keys as it happens. */
export function WatchUse({ old, fresh, onLook }: Properties) {
  const [error, setError] = useState<unknown>();

  useEffect(() => {
    // Who may not look need not go on trying.
    if (error !== undefined) return;
    const timer = setInterval(() => onLook().catch(setError), EVERY_MS);
    return () => clearInterval(timer);
  }, [onLook, error]);

  if (error !== undefined) {
    return <Failure what="The keys can't be watched" error={error} onRetry={() => setError(undefined)} />;
  }
  return (
    <KeyValuePairs
      columns={2}
      minColumnWidth={220}
      items={[
        { label: `New key ${fresh.id}`, value: <LiveRegion tagName="span">{use(fresh)}</LiveRegion> },
        {
          label: `Old key ${old.id}`,
          value: (
            <Box>
              Last used: <KeyUseText accessKey={old} />
            </Box>
          ),
        },
      ]}
    />
  );
}

function use(key: AccessKey) {
  if (key.useError !== undefined) return <KeyUseText accessKey={key} />;
  if (!key.use?.at) return <StatusIndicator type="pending">Not used yet</StatusIndicator>;
  return (
    <StatusIndicator type="success">
      Used <Moment at={key.use.at} /> for {key.use.service} in {key.use.region}
    </StatusIndicator>
  );
}

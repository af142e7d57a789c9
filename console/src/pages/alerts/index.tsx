import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { listAlerts } from "#/api/alerts";
import { type AlertShape, ostiary } from "#/api/ostiary";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { COLUMNS } from "#/pages/alerts/columns";
import { EntityTable } from "#/parts/EntityTable";
import { SEVERITIES, severityName } from "#/parts/SeverityBadge";

/** As many of the latest are shown. */
const MOST = 1000;

const ANY = { value: "", label: "All severities" };
const CHOICES = [ANY, ...SEVERITIES.map((value) => ({ value, label: severityName(value) }))];

/** What people are to know of: what happened, how grave it is, and whom it was told. */
export default function Page() {
  const loaded = useLoad<AlertShape[]>((early) => listAlerts(MOST, early), []);
  const [severity, setSeverity] = useState("");
  const [sending, setSending] = useState(false);
  const notify = useNotify();
  const alerts = loaded.value;

  async function sendTest() {
    setSending(true);
    try {
      await ostiary("SendTestAlert", {});
      notify.success("A test alert was raised. Refresh the list to see what became of sending it.");
      loaded.reload();
    } catch (error) {
      notify.failure("The test alert was not sent", error);
    } finally {
      setSending(false);
    }
  }

  return (
    <SpaceBetween size="m">
      {alerts?.every(({ Deliveries }) => Deliveries.length === 0) && !loaded.loading && <NoChannel />}
      <EntityTable<AlertShape>
        title="Alerts"
        noun="alert"
        description={
          alerts?.length === MOST
            ? `The latest ${MOST.toLocaleString("en")} alerts.`
            : "What people are to know of, and whom it was told. What was told long ago is forgotten after 90 days."
        }
        wrapLines
        loaded={{ ...loaded, value: alerts?.filter((alert) => severity === "" || alert.Severity === severity) }}
        columns={COLUMNS}
        trackBy={({ AlertId }) => AlertId}
        labelOf={({ Title }) => Title}
        textOf={({ Title, Kind, Subject = "" }) => `${Title} ${Kind} ${Subject}`}
        actions={
          <Button loading={sending} onClick={() => void sendTest()}>
            Send test alert
          </Button>
        }
        filters={
          <Select
            ariaLabel="Severity"
            options={CHOICES}
            selectedOption={CHOICES.find(({ value }) => value === severity) ?? ANY}
            onChange={({ detail }) => setSeverity(detail.selectedOption.value ?? "")}
          />
        }
      />
    </SpaceBetween>
  );
}

/** Alerts go nowhere until whoever runs the server says where. */
function NoChannel() {
  return (
    <Alert type="info" statusIconAriaLabel="Info" header="Alerts are only shown here">
      None was sent to anybody. Webhooks, e-mail and the log are set up in a file that the server is started with:{" "}
      <Box variant="code">ostiary serve --alerts alerts.toml</Box>. Then send a test alert.
    </Alert>
  );
}

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { allDone, type Deeds } from "#/api/deeds";
import { DeedList } from "#/parts/DeedList";
import { RouterLink } from "#/parts/RouterLink";

interface Properties {
  deeds: Deeds;
  /** What was to be done: `Create the group`. */
  label: string;
  onRetry: () => void;
  /** Where one can go on with what was made. */
  goOn: { text: string; to: string };
}

/** Shown when something was made, but not all that belongs to it: what is missing, why, and the ways on. */
export function Unfinished({ deeds, label, onRetry, goOn }: Properties) {
  const { outcomes, busy } = deeds;
  const made = outcomes[0]?.state === "done";
  if (outcomes.length === 0 || busy || allDone(outcomes)) return null;
  return (
    <Alert
      type="error"
      statusIconAriaLabel="Error"
      header={made ? "It was made, but not everything could be done" : "It was not made"}
      action={made && <Button onClick={onRetry}>Try the rest again</Button>}
    >
      <SpaceBetween size="s">
        <DeedList outcomes={outcomes} label={label} />
        {made && <RouterLink to={goOn.to}>{goOn.text}</RouterLink>}
      </SpaceBetween>
    </Alert>
  );
}

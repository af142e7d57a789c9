import Steps from "@cloudscape-design/components/steps";
import type { Outcome } from "#/api/deeds";
import { describe } from "#/api/refusal";

const STATUS = { "to do": "pending", doing: "loading", done: "success", failed: "error" } as const;

/** What became of several deeds, each with the reason when it failed. */
export function DeedList({ outcomes, label }: { outcomes: Outcome[]; label: string }) {
  return (
    <Steps
      ariaLabel={label}
      steps={outcomes.map(({ deed, state, error }) => ({
        status: STATUS[state],
        statusIconAriaLabel: state,
        header: deed.what,
        ...(state === "failed" ? { details: `${describe(error).code}: ${describe(error).message}` } : {}),
      }))}
    />
  );
}

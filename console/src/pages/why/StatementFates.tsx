import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { StatementFate } from "#/api/explanation";
import { Lazily } from "#/pages/why/Lazily";
import { mismatchName, mismatchText, statementName } from "#/pages/why/words";

interface Properties {
  statements: StatementFate[];
  /** Returns a statement as it is written. */
  writtenOf: (statement: StatementFate) => unknown;
}

const REACHES = {
  direct: "",
  issuer: " It names the role or user behind the session.",
  account: " It names the account and leaves the matter to its policies.",
};

/** The statements of a policy; those about other actions are there when they are asked for. */
export function StatementFates({ statements, writtenOf }: Properties) {
  const others = statements.filter(isAboutOthers);
  const fates = (some: StatementFate[]) =>
    some.map((statement) => <Fate key={statement.statement} fate={statement} written={writtenOf(statement)} />);
  return (
    <SpaceBetween size="s">
      {fates(statements.filter((statement) => !isAboutOthers(statement)))}
      {others.length > 0 && (
        <Lazily
          header={`${others.length} ${others.length === 1 ? "statement" : "statements"} about other actions`}
          small
        >
          {() => <SpaceBetween size="s">{fates(others)}</SpaceBetween>}
        </Lazily>
      )}
    </SpaceBetween>
  );
}

export function isAboutOthers({ mismatches }: StatementFate): boolean {
  return mismatches.some(({ reason }) => reason === "action");
}

function Fate({ fate, written }: { fate: StatementFate; written: unknown }) {
  const { effect, applies, reaches, mismatches } = fate;
  const type = !applies ? "stopped" : effect === "Deny" ? "error" : "success";
  return (
    <div>
      <StatusIndicator type={type} iconAriaLabel={applies ? "Applies" : "Does not apply"}>
        {effect} {statementName(fate)} {applies ? "applies" : "does not apply"}.{reaches && REACHES[reaches]}
      </StatusIndicator>
      {mismatches.length > 0 && (
        <ul className="why-mismatches">
          {mismatches.map((mismatch) => (
            <li key={mismatchName(mismatch)}>
              <Box variant="span" fontWeight="bold">
                {mismatchName(mismatch)}
              </Box>{" "}
              {mismatchText(mismatch)}
            </li>
          ))}
        </ul>
      )}
      {written !== undefined && (
        <Lazily header="Statement JSON" small>
          {() => (
            <Box variant="code">
              <pre className="why-statement">{JSON.stringify(written, null, 2)}</pre>
            </Box>
          )}
        </Lazily>
      )}
    </div>
  );
}

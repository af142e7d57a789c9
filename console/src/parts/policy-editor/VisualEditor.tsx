import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { PolicyPurpose } from "#/api/policyFindings";
import { JsonStatementCard } from "#/parts/policy-editor/JsonStatementCard";
import { StatementCard } from "#/parts/policy-editor/StatementCard";
import { splitByService, whyNotShown } from "#/parts/policy-editor/showable";
import {
  type Json,
  newStatement,
  type Policy,
  readPolicy,
  type Statement,
  writePolicy,
} from "#/parts/policy-editor/statement";

interface Properties {
  value: string;
  onChange: (document: string) => void;
  kind: PolicyPurpose;
  onShowJson: () => void;
}

/** A statement, and who it is: its place changes when others come and go. */
interface Entry {
  id: number;
  statement: Json;
}

interface State {
  text: string;
  shape: Policy["shape"];
  entries: Entry[];
  problem: string | undefined;
}

let count = 0;

/** A policy, a card a statement. What a card cannot show stays in the policy as it is. */
export default function VisualEditor({ value, onChange, kind, onShowJson }: Properties) {
  const [state, setState] = useState(() => read(value));
  if (state.text !== value) setState(read(value));

  function change(entries: Entry[]) {
    const text = writePolicy({ shape: state.shape, statements: entries.map(({ statement }) => statement) });
    setState({ ...state, text, entries });
    onChange(text);
  }

  function replace(id: number, statements: Json[]) {
    change(
      state.entries.flatMap((entry) => {
        if (entry.id !== id) return [entry];
        // The first takes the place of the old one, so that what is open in its card stays open.
        return statements.map((statement, index) => (index === 0 ? { id, statement } : entryOf(statement)));
      }),
    );
  }

  if (state.problem !== undefined) {
    return (
      <Alert
        type="warning"
        statusIconAriaLabel="Warning"
        header="The visual editor cannot show this policy"
        action={
          <Button formAction="none" onClick={onShowJson}>
            Go to JSON
          </Button>
        }
      >
        {state.problem}
      </Alert>
    );
  }
  return (
    <SpaceBetween size="m">
      {state.entries.map(({ id, statement }, index) => {
        const why = whyNotShown(statement, kind);
        if (why !== undefined) {
          const split = splitByService(statement);
          return (
            <JsonStatementCard
              key={id}
              number={index + 1}
              statement={statement}
              why={why}
              onRemove={() => replace(id, [])}
              onShowJson={onShowJson}
              {...(split ? { onSplit: () => replace(id, split) } : {})}
            />
          );
        }
        const shown = statement as Statement;
        return (
          <StatementCard
            key={id}
            number={index + 1}
            statement={shown}
            purpose={kind}
            onChange={(changed) => replace(id, [changed])}
            onClone={() => replace(id, [shown, withoutSid(shown)])}
            onRemove={() => replace(id, [])}
          />
        );
      })}
      <Button
        formAction="none"
        iconName="add-plus"
        onClick={() => change([...state.entries, entryOf(newStatement(kind))])}
      >
        {kind === "trust" ? "Add statement" : "Add more permissions"}
      </Button>
    </SpaceBetween>
  );
}

function read(text: string): State {
  const policy = readPolicy(text);
  if (typeof policy === "string") return { text, shape: {}, entries: [], problem: policy };
  return { text, shape: policy.shape, entries: policy.statements.map(entryOf), problem: undefined };
}

function entryOf(statement: Json): Entry {
  count += 1;
  return { id: count, statement };
}

/** No two statements may have the same ID. */
function withoutSid({ Sid: _, ...rest }: Statement): Statement {
  return rest;
}

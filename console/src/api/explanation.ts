import { type DecisionWord, ostiary } from "#/api/ostiary";

/** What is asked: whether somebody may do something to something. */
export interface Question {
  /** An ARN; nothing for who is signed in, just as they are signed in. */
  principal: string;
  action: string;
  resource: string;
  context: ContextEntry[];
}

/** One value of a condition key; a key that stands in several entries has several values. */
export interface ContextEntry {
  key: string;
  value: string;
}

export type LayerName =
  | "resource_control"
  | "service_control"
  | "resource"
  | "trust"
  | "boundary"
  | "session"
  | "identity";

/** Where an element of a statement and the request part. */
export interface Mismatch {
  reason: "action" | "principal" | "resource" | "condition";
  /** Of all but conditions: `Action`, `NotAction` and their like. */
  element?: string;
  /** Of conditions. */
  operator?: string;
  key?: string;
  expected: string[];
  actual: string | string[] | null;
  undecided: boolean;
}

export interface StatementFate {
  /** Its place in the document, from 0. */
  statement: number;
  sid: string | null;
  effect: "Allow" | "Deny";
  applies: boolean;
  reaches: "direct" | "issuer" | "account" | null;
  mismatches: Mismatch[];
}

export interface Owner {
  type: "user" | "group" | "role";
  name: string;
}

/** Where a policy comes from. */
export type Origin =
  | { type: "managed"; arn: string; attached_to: Owner[] }
  | { type: "inline"; attached_to: Owner[] }
  | { type: "trust"; arn: string }
  | { type: "resource"; arn: string };

export interface PolicyFate {
  name: string;
  origin?: Origin;
  statements: StatementFate[];
}

export interface LayerFate {
  layer: LayerName;
  level?: number;
  target?: string | null;
  says: "allows" | "denies" | "silent";
  /** The request is refused for what it says, or does not say. */
  blocks: boolean;
  policies: PolicyFate[];
}

export interface Explanation {
  decision: DecisionWord;
  /** The kind of policy that denies, or does not allow. */
  layer: LayerName | null;
  verdict: string;
  /** Why, in sentences. */
  reasons: string[];
  notes: string[];
  principal: { kind: string; arn: string };
  action: string;
  resource: string;
  context: Record<string, string | string[]>;
  layers: LayerFate[];
  missing: LayerName[];
  /** The policies of one's own session have a say in it and are not shown. */
  hidesSession: boolean;
  documents: Partial<Record<LayerName, unknown>>;
}

/** The JSON that `ostiary explain --format json` prints. */
interface Written {
  layer: LayerName | null;
  notes?: string[];
  request: Pick<Explanation, "principal" | "action" | "resource" | "context">;
  policies: Partial<Record<LayerName, unknown>>;
  explanation: { lines: string[]; layers: LayerFate[]; missing: { layer: LayerName }[] };
  certificate?: object;
}

/** Asks the server what a call would come to, and why. */
export async function explainDecision({ principal, action, resource, context }: Question): Promise<Explanation> {
  const answer = await ostiary("ExplainDecision", {
    ...(principal ? { PrincipalArn: principal } : {}),
    Action: action,
    ...(resource ? { Resource: resource } : {}),
    ...(context.length > 0 ? { Context: gather(context) } : {}),
  });
  const written: Written = JSON.parse(answer.Explanation);
  const [verdict = "", ...reasons] = paragraphs(written.explanation.lines);
  return {
    decision: answer.Decision,
    layer: written.layer,
    verdict: verdict.replace(/^(ALLOWED|DENIED): /, ""),
    reasons,
    notes: written.notes ?? [],
    ...written.request,
    layers: written.explanation.layers,
    missing: written.explanation.missing.map(({ layer }) => layer),
    hidesSession: written.certificate === undefined,
    documents: written.policies,
  };
}

/** Returns a statement as it is written, or nothing when the answer does not show its document. */
export function statementOf(explanation: Explanation, layer: LayerName, policy: number, statement: number): unknown {
  const written = explanation.documents[layer];
  const document: unknown = Array.isArray(written) ? written[policy] : written;
  if (typeof document !== "object" || document === null || !("Statement" in document)) return undefined;
  const { Statement } = document;
  return Array.isArray(Statement) ? Statement[statement] : Statement;
}

function gather(context: ContextEntry[]): Record<string, string[]> {
  const gathered: Record<string, string[]> = {};
  for (const { key, value } of context) gathered[key] = [...(gathered[key] ?? []), value];
  return gathered;
}

/** Returns the paragraphs of running text; lists and tables, which begin further in, are shown in another way. */
function paragraphs(lines: string[]): string[] {
  const [first = "", ...others] = lines.join("\n").split("\n\n");
  const running = others.filter((block) => block !== "" && !/^ /m.test(block));
  return [first, ...running].map((block) => block.replace(/\n */g, " "));
}

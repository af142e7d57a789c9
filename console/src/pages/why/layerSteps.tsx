import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { StepsProps } from "@cloudscape-design/components/steps";
import type { ReactNode } from "react";
import { type Explanation, type LayerFate, type LayerName, type PolicyFate, statementOf } from "#/api/explanation";
import { Lazily } from "#/pages/why/Lazily";
import { isAboutOthers, StatementFates } from "#/pages/why/StatementFates";
import { LAYERS, layerOutcome, originText, pathOf } from "#/pages/why/words";
import { RouterLink } from "#/parts/RouterLink";

/** As AWS describes how it decides: what restricts the account first, what the principal is granted last. */
const ORDER: LayerName[] = [
  "resource_control",
  "service_control",
  "resource",
  "trust",
  "boundary",
  "session",
  "identity",
];

/** Returns a step for each layer of the decision, also for those that have no policies. */
export function layerSteps(explanation: Explanation): StepsProps.Step[] {
  const { layers, missing } = explanation;
  return ORDER.flatMap((name) => {
    const fates = layers.filter(({ layer }) => layer === name);
    if (fates.length > 0) return fates.map((fate) => stepOf(explanation, fate));
    if (missing.includes(name)) return [step("error", name, "Does not allow: there is none, and one would have to")];
    const absent = absence(explanation, name);
    return absent ? [step("not-started", name, absent)] : [];
  });
}

function stepOf(explanation: Explanation, fate: LayerFate): StepsProps.Step {
  const status = fate.blocks ? "error" : fate.says === "allows" ? "success" : "stopped";
  const level = fate.level === undefined ? "" : ` of ${fate.target ?? `level ${fate.level}`}`;
  const policies = fate.policies.map((policy, place) => (
    <Policy key={`${policy.name}-${originText(policy)}`} {...{ explanation, fate, policy, place }} />
  ));
  return step(status, fate.layer, layerOutcome(fate), { level, policies });
}

const ICONS = { error: "Stands in the way", success: "Allows", stopped: "Has no say", "not-started": "None" } as const;

function step(
  status: keyof typeof ICONS,
  layer: LayerName,
  outcome: string,
  { level = "", policies = [] }: { level?: string; policies?: ReactNode[] } = {},
): StepsProps.Step {
  return {
    status,
    statusIconAriaLabel: ICONS[status],
    header: (
      <Box variant="span" fontWeight="bold" color="inherit">
        {LAYERS[layer]}
        {level}
      </Box>
    ),
    details: (
      <SpaceBetween size="xs">
        <Box {...(status === "not-started" ? { color: "text-body-secondary" as const } : {})}>{outcome}</Box>
        {policies}
      </SpaceBetween>
    ),
  };
}

/** Returns why a layer has no policies; nothing where it needs no word. */
function absence({ principal, layers, hidesSession }: Explanation, name: LayerName): string | undefined {
  const isRoot = principal.kind === "root";
  switch (name) {
    case "service_control":
      return "None apply to this account";
    case "resource":
      return layers.some(({ layer }) => layer === "trust") ? undefined : "None is known for this resource";
    case "boundary":
      return isRoot ? "The root user has none" : "None is set";
    case "session":
      return hidesSession ? "They have a say, and are not shown to the session itself" : "None were passed";
    case "identity":
      return isRoot ? "The root user needs none" : "None is attached";
    default:
      return undefined;
  }
}

interface PolicyProperties {
  explanation: Explanation;
  fate: LayerFate;
  policy: PolicyFate;
  place: number;
}

function Policy({ explanation, fate, policy, place }: PolicyProperties) {
  const path = pathOf(policy);
  const writtenOf = ({ statement }: { statement: number }) => statementOf(explanation, fate.layer, place, statement);
  return (
    <Lazily
      header={policy.name}
      description={originText(policy)}
      open={policy.statements.some((statement) => !isAboutOthers(statement))}
    >
      {() => (
        <SpaceBetween size="s">
          <StatementFates statements={policy.statements} writtenOf={writtenOf} />
          {path && <RouterLink to={path}>Open {fate.layer === "trust" ? "the role" : "the policy"}</RouterLink>}
        </SpaceBetween>
      )}
    </Lazily>
  );
}

import Wizard from "@cloudscape-design/components/wizard";
import { useState } from "react";
import { useNavigate } from "react-router";
import { allDone, type Outcome, useDeeds } from "#/api/deeds";
import { useNotify } from "#/app/notifications";
import { useSession } from "#/app/session";
import {
  deedsFor,
  descriptionProblem,
  EMPTY_DRAFT,
  LONGEST_ROLE_NAME,
  type RoleDraft,
} from "#/pages/create-role/draft";
import { PermissionsStep } from "#/pages/create-role/PermissionsStep";
import { ReviewStep } from "#/pages/create-role/ReviewStep";
import { TrustStep } from "#/pages/create-role/TrustStep";
import { trustPolicyOf, trustProblems } from "#/pages/create-role/trust";
import { nameProblem } from "#/parts/entityName";
import { tagProblems } from "#/parts/TagsEditor";
import { Unfinished } from "#/parts/Unfinished";

const LAST_STEP = 2;

/** Makes a role in three steps: who may assume it, what it may do, what it is called. */
export default function CreateRolePage() {
  const [draft, setDraft] = useState<RoleDraft>(EMPTY_DRAFT);
  const [step, setStep] = useState(0);
  const [insist, setInsist] = useState(false);
  const deeds = useDeeds();
  const navigate = useNavigate();
  const notify = useNotify();
  const session = useSession();

  const change = (part: Partial<RoleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const problems = trustProblems(draft.trust);
  const trustPolicy = trustPolicyOf(draft.trust, session.account.id);
  const made = deeds.outcomes[0]?.state === "done";

  function isComplete(index: number): boolean {
    if (index === 0) return Object.keys(problems).length === 0;
    if (index < LAST_STEP) return true;
    return (
      !nameProblem(draft.name, LONGEST_ROLE_NAME) &&
      !descriptionProblem(draft.description) &&
      tagProblems(draft.tags).length === 0
    );
  }

  function go(to: number) {
    const stays = to > step && !isComplete(step);
    setInsist(stays);
    if (!stays) setStep(to);
  }

  async function create() {
    setInsist(true);
    if (made || !isComplete(LAST_STEP)) return;
    leave(await deeds.start(deedsFor(draft, trustPolicy)));
  }

  function leave(outcomes: Outcome[]) {
    if (!allDone(outcomes)) return;
    notify.success(`Role ${draft.name} created.`);
    void navigate(`/roles/${encodeURIComponent(draft.name)}`);
  }

  return (
    <Wizard
      activeStepIndex={step}
      onNavigate={({ detail }) => go(detail.requestedStepIndex)}
      onCancel={() => void navigate("/roles")}
      onSubmit={() => void create()}
      submitButtonText="Create role"
      isLoadingNextStep={deeds.busy}
      steps={[
        {
          title: "Select trusted entity",
          content: (
            <TrustStep trust={draft.trust} problems={insist ? problems : {}} onChange={(trust) => change({ trust })} />
          ),
        },
        {
          title: "Add permissions",
          content: (
            <PermissionsStep
              policies={draft.policies}
              onPolicies={(policies) => change({ policies })}
              boundary={draft.boundary}
              onBoundary={(boundary) => change({ boundary })}
            />
          ),
        },
        {
          title: "Name, review, and create",
          content: (
            <>
              <Unfinished
                deeds={deeds}
                label="Create the role"
                onRetry={() => void deeds.retry().then(leave)}
                goOn={{ text: `Go to the role ${draft.name}`, to: `/roles/${encodeURIComponent(draft.name)}` }}
              />
              <ReviewStep draft={draft} trustPolicy={trustPolicy} insist={insist} onChange={change} />
            </>
          ),
        },
      ]}
    />
  );
}

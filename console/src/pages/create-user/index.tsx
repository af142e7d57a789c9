import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Wizard from "@cloudscape-design/components/wizard";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useDeeds } from "#/api/deeds";
import { generatePassword, passwordRules } from "#/api/password";
import { useLoad } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";
import { TagsEditor } from "#/parts/TagsEditor";
import { Created } from "./Created";
import { Details } from "./Details";
import { deedsFor } from "./deeds";
import { EMPTY, stepsDone, type UserDraft } from "./draft";
import { PermissionsStep } from "./PermissionsStep";
import { Review } from "./Review";

export default function CreateUser() {
  const navigate = useNavigate();
  const { value: rules } = useLoad(passwordRules, []);
  const [draft, setDraft] = useState(EMPTY);
  const [step, setStep] = useState(0);
  const [insist, setInsist] = useState(false);
  const [password, setPassword] = useState<string>();
  const [isThere, setIsThere] = useState(false);
  const deeds = useDeeds();
  const [creation] = deeds.outcomes;
  const done = stepsDone(draft, rules);

  function change(part: Partial<UserDraft>) {
    setDraft((before) => ({ ...before, ...part }));
  }

  function go(to: number) {
    const open = done.findIndex((isDone, index) => !isDone && index < to);
    setInsist(open >= 0);
    setStep(open >= 0 ? open : to);
  }

  async function create() {
    const generated = draft.password.kind === "generated";
    const chosen = generated ? generatePassword(rules) : draft.password.custom;
    const given = draft.consoleAccess ? chosen : undefined;
    setPassword(given);
    const [created] = await deeds.start(deedsFor(draft, given));
    setIsThere(created?.state === "done");
  }

  if (isThere) {
    return <Created name={draft.name} password={password} deeds={deeds} />;
  }
  return (
    <Wizard
      submitButtonText="Create user"
      isLoadingNextStep={deeds.busy}
      activeStepIndex={step}
      onNavigate={({ detail }) => go(detail.requestedStepIndex)}
      onCancel={() => navigate("/users")}
      onSubmit={() => void create()}
      steps={[
        {
          title: "Specify user details",
          content: <Details draft={draft} onChange={change} rules={rules} insist={insist} />,
        },
        {
          title: "Set permissions",
          content: <PermissionsStep draft={draft} onChange={change} insist={insist} />,
        },
        {
          title: "Add tags",
          isOptional: true,
          content: (
            <Container
              header={
                <Header
                  variant="h2"
                  description="Tags are key-value pairs you can add to AWS resources to help identify, organize, or search for resources."
                >
                  Tags
                </Header>
              }
            >
              <TagsEditor tags={draft.tags} onChange={(tags) => change({ tags })} insist={insist} />
            </Container>
          ),
        },
        {
          title: "Review and create",
          description: draft.consoleAccess
            ? "Review your choices. After you create the user, you can view and download the password."
            : "Review your choices.",
          content: (
            <SpaceBetween size="l">
              {creation?.state === "failed" && (
                <Failure what="The user could not be created; nothing was done" error={creation.error} />
              )}
              <Review draft={draft} onEdit={setStep} />
            </SpaceBetween>
          ),
        },
      ]}
    />
  );
}

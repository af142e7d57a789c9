import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Wizard from "@cloudscape-design/components/wizard";
import { type ReactNode, useState } from "react";
import { isJson } from "#/api/policyDocuments";
import { Failure } from "#/parts/Failure";
import { PolicyEditor } from "#/parts/PolicyEditor";
import { useSubmission } from "#/parts/useSubmission";

interface Properties {
  /** The first step's title. */
  title: string;
  description?: ReactNode;
  document: string;
  onChange: (document: string) => void;
  limit?: number;
  reviewTitle: string;
  /** What else is to be said and looked at before it is saved. */
  review: ReactNode;
  button: string;
  what: string;
  /** Tells whether all of the second step is in order, and shows what is not. */
  onCheck: () => boolean;
  /** Saves it; what it throws is shown, and the wizard stays. */
  onSubmit: () => Promise<void>;
  onCancel: () => void;
}

/** Leads through the writing of a policy: first its permissions, then the review. */
export function PolicyWizard(properties: Properties) {
  const { title, description, document, onChange, limit, reviewTitle, review, button } = properties;
  const [step, setStep] = useState(0);
  const [tried, setTried] = useState(false);
  const { busy, error, run } = useSubmission({ leaves: true });
  const broken = tried && !isJson(document);

  function go(index: number) {
    setTried(true);
    if (index === 0 || isJson(document)) setStep(index);
  }

  async function submit() {
    if (properties.onCheck()) await run(properties.onSubmit);
  }

  return (
    <Wizard
      activeStepIndex={step}
      isLoadingNextStep={busy}
      submitButtonText={button}
      onNavigate={({ detail }) => go(detail.requestedStepIndex)}
      onSubmit={() => void submit()}
      onCancel={properties.onCancel}
      steps={[
        {
          title,
          ...(description ? { description } : {}),
          ...(broken ? { errorText: "The policy is not valid JSON. Correct it to go on." } : {}),
          content: (
            <Container header={<Header variant="h2">Policy editor</Header>}>
              <PolicyEditor
                kind="identity"
                value={document}
                onChange={onChange}
                {...(limit === undefined ? {} : { limit })}
              />
            </Container>
          ),
        },
        {
          title: reviewTitle,
          content: (
            <SpaceBetween size="l">
              {error !== undefined && <Failure what={properties.what} error={error} />}
              {review}
            </SpaceBetween>
          ),
        },
      ]}
    />
  );
}

import "./why.css";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import { useNavigationType, useSearchParams } from "react-router";
import { explainDecision } from "#/api/explanation";
import { useLoad } from "#/api/useLoad";
import { Answer } from "#/pages/why/Answer";
import { QuestionForm } from "#/pages/why/QuestionForm";
import { readQuestion, writeQuestion } from "#/pages/why/question";
import { Failure } from "#/parts/Failure";

/** Why somebody may do something, or may not. The question stands in the address, so that an answer can be linked. */
export default function Page() {
  const [query, setQuery] = useSearchParams();
  const search = query.toString();
  const question = useMemo(() => readQuestion(new URLSearchParams(search)), [search]);
  const answer = useLoad(async () => (question.action ? explainDecision(question) : undefined), [question]);
  // Where the browser goes back to another question, the fields begin anew with it.
  const revisited = useNavigationType() === "POP" ? search : "asked";

  return (
    <ContentLayout
      header={
        <Header variant="h1" description="Ask what a request would come to, and see which policies decide it.">
          Why? Policy simulator
        </Header>
      }
    >
      <SpaceBetween size="l">
        <QuestionForm
          key={revisited}
          question={question}
          busy={answer.loading && question.action !== ""}
          onAsk={(asked) => {
            if (writeQuestion(asked).toString() === search) answer.reload();
            else setQuery(writeQuestion(asked));
          }}
        />
        {answer.error !== undefined && !answer.loading && (
          <Failure what="The question could not be answered" error={answer.error} />
        )}
        {answer.error === undefined && answer.value && !answer.loading && (
          <>
            <LiveRegion hidden>{answer.value.verdict}</LiveRegion>
            <Answer explanation={answer.value} />
          </>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

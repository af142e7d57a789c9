import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { loadService } from "#/api/catalogue";
import type { Question } from "#/api/explanation";
import { useLoad } from "#/api/useLoad";
import { useSession } from "#/app/session";
import { ActionField } from "#/pages/why/ActionField";
import { ContextField } from "#/pages/why/ContextField";
import { arnOf, draftOf, PrincipalField } from "#/pages/why/PrincipalField";
import { hasProblems, type Problems, problemsOf } from "#/pages/why/question";
import { ResourceField } from "#/pages/why/ResourceField";

interface Properties {
  /** What the fields begin with. */
  question: Question;
  busy: boolean;
  onAsk: (question: Question) => void;
}

const NO_PROBLEMS: Problems = { context: [] };

export function QuestionForm({ question, busy, onAsk }: Properties) {
  const { account } = useSession();
  const [principal, setPrincipal] = useState(() => draftOf(question.principal));
  const [action, setAction] = useState(question.action);
  const [resource, setResource] = useState(question.resource);
  const [context, setContext] = useState(question.context);
  const [problems, setProblems] = useState(NO_PROBLEMS);

  const [prefix = "", name] = action.split(":");
  const isPrefixed = name !== undefined && prefix !== "";
  const { value: service } = useLoad(async () => (isPrefixed ? loadService(prefix) : undefined), [prefix, isPrefixed]);
  const known = isPrefixed ? service : undefined;
  const chosen = known?.actions.find((one) => one.name.toLowerCase() === name?.toLowerCase());

  function ask(event: FormEvent) {
    event.preventDefault();
    const asked = {
      principal: arnOf(principal, account.id),
      action: action.trim(),
      resource: resource.trim(),
      context,
    };
    const isNameless = ["user", "role"].includes(principal.kind) && principal.name.trim() === "";
    const found = { ...problemsOf(asked), ...(isNameless ? { principal: `Choose a ${principal.kind}.` } : {}) };
    setProblems(found);
    if (!hasProblems(found)) onAsk(asked);
  }

  return (
    <form onSubmit={ask}>
      <Form
        actions={
          <Button variant="primary" loading={busy} formAction="submit">
            Why?
          </Button>
        }
      >
        <Container header={<Header variant="h2">Request</Header>}>
          <SpaceBetween size="l">
            <PrincipalField draft={principal} onChange={setPrincipal} problem={problems.principal} />
            <ColumnLayout columns={2}>
              <ActionField action={action} service={known} problem={problems.action} onChange={setAction} />
              <ResourceField
                resource={resource}
                action={chosen}
                service={known}
                problem={problems.resource}
                onChange={setResource}
              />
            </ColumnLayout>
            <ContextField
              context={context}
              action={chosen}
              service={known}
              problems={problems.context}
              onChange={setContext}
            />
          </SpaceBetween>
        </Container>
      </Form>
    </form>
  );
}

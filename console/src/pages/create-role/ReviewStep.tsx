import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import Textarea from "@cloudscape-design/components/textarea";
import { kindOfPolicy, nameOfPolicy } from "#/api/policies";
import type { RoleDraft } from "#/pages/create-role/draft";
import { descriptionProblem, LONGEST_DESCRIPTION, LONGEST_ROLE_NAME } from "#/pages/create-role/draft";
import { NAME_CONSTRAINT, nameProblem } from "#/parts/entityName";
import { PolicyDocument } from "#/parts/PolicyDocument";
import { TagsEditor } from "#/parts/TagsEditor";

interface Properties {
  draft: RoleDraft;
  trustPolicy: string;
  /** Reminds of what is missing; for when somebody tried to go on. */
  insist: boolean;
  onChange: (part: Partial<RoleDraft>) => void;
}

/** What the role is called, and what was chosen, once more. */
export function ReviewStep({ draft, trustPolicy, insist, onChange }: Properties) {
  const attached = [
    ...draft.policies.map((arn) => ({ arn, as: "Permissions policy" })),
    ...(draft.boundary ? [{ arn: draft.boundary, as: "Permissions boundary" }] : []),
  ];
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Role details</Header>}>
        <SpaceBetween size="l">
          <FormField
            label="Role name"
            description="Enter a meaningful name to identify this role."
            constraintText={`Maximum ${LONGEST_ROLE_NAME} characters. ${NAME_CONSTRAINT}`}
            errorText={(insist || draft.name !== "") && nameProblem(draft.name, LONGEST_ROLE_NAME)}
          >
            <Input
              value={draft.name}
              autoComplete={false}
              onChange={({ detail }) => onChange({ name: detail.value })}
            />
          </FormField>
          <FormField
            label="Description - optional"
            description="Add a short explanation for this role."
            constraintText={`Maximum ${LONGEST_DESCRIPTION} characters.`}
            errorText={descriptionProblem(draft.description)}
          >
            <Textarea
              value={draft.description}
              rows={3}
              onChange={({ detail }) => onChange({ description: detail.value })}
            />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Step 1: Trusted entities</Header>}>
        <PolicyDocument label="Trust policy" document={trustPolicy} />
      </Container>
      <Table
        variant="container"
        header={<Header variant="h2">Step 2: Permissions</Header>}
        ariaLabels={{ tableLabel: "Permissions policy summary" }}
        items={attached}
        trackBy={({ arn, as }) => `${as}/${arn}`}
        empty={<Box>No policy: the role may do nothing yet.</Box>}
        columnDefinitions={[
          { id: "name", header: "Policy name", cell: ({ arn }) => nameOfPolicy(arn), isRowHeader: true },
          { id: "type", header: "Type", cell: ({ arn }) => kindOfPolicy(arn) },
          { id: "as", header: "Attached as", cell: ({ as }) => as },
        ]}
      />
      <Container
        header={
          <Header variant="h2" description="Tags are key-value pairs that help to identify, organize, or search.">
            Step 3: Add tags
          </Header>
        }
      >
        <TagsEditor tags={draft.tags} insist={insist} onChange={(tags) => onChange({ tags })} />
      </Container>
    </SpaceBetween>
  );
}

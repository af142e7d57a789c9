import { CreatePolicyCommand, type Tag } from "@aws-sdk/client-iam";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { iam } from "#/api/clients";
import { useNotify } from "#/app/notifications";
import { PolicySummary } from "#/parts/PolicySummary";
import { PolicyName, policyNameProblem } from "#/parts/policy-editor/PolicyName";
import { PolicyWizard } from "#/parts/policy-editor/PolicyWizard";
import { newPolicy } from "#/parts/policy-editor/statement";
import { RouterLink } from "#/parts/RouterLink";
import { TagsEditor, tagProblems } from "#/parts/TagsEditor";

const LONGEST_DESCRIPTION = 1000;

/** Makes a managed policy of the account's own. */
export default function CreatePolicyPage() {
  const navigate = useNavigate();
  const notify = useNotify();
  const { state } = useLocation();
  const [document, setDocument] = useState<string>(() => handedOver(state) ?? newPolicy("identity"));
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [tags, setTags] = useState<Tag[]>([]);
  const [tried, setTried] = useState(false);
  const wrongName = policyNameProblem(name);
  const tooLong = description.length > LONGEST_DESCRIPTION;

  async function create() {
    const { Policy: policy } = await iam.send(
      new CreatePolicyCommand({
        PolicyName: name,
        PolicyDocument: document,
        ...(description ? { Description: description } : {}),
        ...(tags.length > 0 ? { Tags: tags } : {}),
      }),
    );
    notify.success(
      <>
        Policy {name} created.{" "}
        <RouterLink color="inverted" to={`/policies/${encodeURIComponent(policy?.Arn ?? "")}`}>
          View policy
        </RouterLink>
      </>,
    );
    navigate("/policies");
  }

  return (
    <PolicyWizard
      title="Specify permissions"
      description="Add permissions by selecting services, actions, resources, and conditions. Build permission statements using the JSON editor."
      document={document}
      onChange={setDocument}
      reviewTitle="Review and create"
      button="Create policy"
      what="The policy could not be created"
      onCheck={() => {
        setTried(true);
        return wrongName === undefined && !tooLong && tagProblems(tags).length === 0;
      }}
      onSubmit={create}
      onCancel={() => navigate("/policies")}
      review={
        <>
          <Container header={<Header variant="h2">Policy details</Header>}>
            <SpaceBetween size="m">
              <PolicyName name={name} onChange={setName} insist={tried} />
              <FormField
                label="Description - optional"
                description="Add a short explanation for this policy. It cannot be changed later."
                constraintText={`Maximum ${LONGEST_DESCRIPTION.toLocaleString("en")} characters.`}
                errorText={tooLong && `${description.length - LONGEST_DESCRIPTION} characters too many.`}
              >
                <Textarea value={description} rows={2} onChange={({ detail }) => setDescription(detail.value)} />
              </FormField>
            </SpaceBetween>
          </Container>
          <PolicySummary document={document} title="Permissions defined in this policy" />
          <Container header={<Header variant="h2">Add tags - optional</Header>}>
            <TagsEditor tags={tags} onChange={setTags} insist={tried} />
          </Container>
        </>
      }
    />
  );
}

/** Returns the document that another page sends who goes on here. */
function handedOver(state: unknown): string | undefined {
  const { document } = (state ?? {}) as { document?: unknown };
  return typeof document === "string" ? document : undefined;
}

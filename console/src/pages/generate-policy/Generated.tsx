import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useNavigate } from "react-router";
import { generatedPolicy } from "#/api/policyGenerations";
import { useLoad } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";
import { JsonEditor } from "#/parts/JsonEditor";
import { Loading } from "#/parts/Loading";
import { exact } from "#/parts/Moment";

/** What came of generating a policy: the policy, and the way to make it one of the account's. */
export function Generated({ job, name }: { job: string; name: string }) {
  const { value, error, reload } = useLoad(() => generatedPolicy(job), [job]);
  if (error !== undefined) return <Failure what="The policy could not be shown" error={error} onRetry={reload} />;
  if (value === undefined) return <Loading />;

  const { jobDetails, generatedPolicyResult } = value;
  if (jobDetails?.status !== "SUCCEEDED") {
    return (
      <Alert type="error" statusIconAriaLabel="Error" header="The policy was not generated">
        {jobDetails?.jobError?.message ?? `The job's status is ${jobDetails?.status}.`}
      </Alert>
    );
  }
  const policies = (generatedPolicyResult?.generatedPolicies ?? []).map(({ policy = "" }) => policy);
  const { startTime, endTime } = generatedPolicyResult?.properties?.cloudTrailProperties ?? {};
  const period = startTime && endTime ? `from ${exact(startTime)} to ${exact(endTime)}` : "";
  return (
    <SpaceBetween size="l">
      {generatedPolicyResult?.properties?.isComplete === false && (
        <Alert type="warning" statusIconAriaLabel="Warning" header="The policy may lack something">
          The event history does not go back so far, or some of what it holds cannot be said in a policy. Try the policy
          out before it takes the place of another.
        </Alert>
      )}
      {policies.length === 0 && (
        <Alert type="info" statusIconAriaLabel="Info" header="There is nothing to allow">
          Nothing that {name} did {period} takes a permission.
        </Alert>
      )}
      {policies.map((policy, index) => (
        <Policy
          key={policy}
          title={policies.length > 1 ? `Generated policy ${index + 1} of ${policies.length}` : "Generated policy"}
          description={`What ${name} did ${period}.`}
          policy={policy}
        />
      ))}
    </SpaceBetween>
  );
}

function Policy({ title, description, policy }: { title: string; description: string; policy: string }) {
  const navigate = useNavigate();
  const document = JSON.stringify(JSON.parse(policy), undefined, 4);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={description}
          actions={
            <Button onClick={() => void navigate("/policies/create", { state: { document } })}>Create policy</Button>
          }
        >
          {title}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <Box color="text-body-secondary">
          Look through it before you create it: the policy editor opens with it, and lets you change it.
        </Box>
        <JsonEditor label={title} readOnly value={document} />
      </SpaceBetween>
    </Container>
  );
}

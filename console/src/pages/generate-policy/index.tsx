import { GetUserCommand } from "@aws-sdk/client-iam";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLocation, useParams, useSearchParams } from "react-router";
import { iam } from "#/api/clients";
import { listGenerations } from "#/api/policyGenerations";
import { getRole } from "#/api/roles";
import { useLoad } from "#/api/useLoad";
import { Generated } from "#/pages/generate-policy/Generated";
import { GenerationTable } from "#/pages/generate-policy/GenerationTable";
import { StartForm } from "#/pages/generate-policy/StartForm";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";
import { RouterLink } from "#/parts/RouterLink";

/** Makes a policy of what a user or role did; which result is shown stands in the address. */
export default function Page() {
  const { name = "" } = useParams();
  const isRole = useLocation().pathname.startsWith("/roles/");
  const { value: arn, error, reload } = useLoad(() => (isRole ? roleArn(name) : userArn(name)), [name, isRole]);
  return (
    <ContentLayout
      breadcrumbs={<RouterLink to={`/${isRole ? "roles" : "users"}/${encodeURIComponent(name)}`}>{name}</RouterLink>}
      header={
        <Header
          variant="h1"
          description="The event history says which permissions were used. A policy of exactly those can take the place of one that allows more."
        >
          Generate policy for {name}
        </Header>
      }
    >
      {error !== undefined && (
        <Failure
          what={`The ${isRole ? "role" : "user"} ${name} could not be looked at`}
          error={error}
          onRetry={reload}
        />
      )}
      {arn === undefined && error === undefined && <Loading />}
      {arn && <Generations arn={arn} name={name} />}
    </ContentLayout>
  );
}

function Generations({ arn, name }: { arn: string; name: string }) {
  const [query, setQuery] = useSearchParams();
  const job = query.get("job");
  const earlier = useLoad(() => listGenerations(arn), [arn]);
  return (
    <SpaceBetween size="l">
      <StartForm
        arn={arn}
        onStarted={(started) => {
          setQuery({ job: started });
          earlier.reload();
        }}
      />
      {job && <Generated key={job} job={job} name={name} />}
      <GenerationTable loaded={earlier} />
    </SpaceBetween>
  );
}

async function userArn(UserName: string): Promise<string> {
  return (await iam.send(new GetUserCommand({ UserName }))).User?.Arn ?? "";
}

async function roleArn(name: string): Promise<string> {
  return (await getRole(name))?.Arn ?? "";
}

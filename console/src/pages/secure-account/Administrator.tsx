import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { createAdministrator, type NewAdministrator } from "#/api/administrators";
import type { Loaded } from "#/api/useLoad";
import { useSession } from "#/app/session";
import { Task } from "#/pages/secure-account/Task";
import { CopyText } from "#/parts/CopyText";
import { Failure } from "#/parts/Failure";
import { RouterLink } from "#/parts/RouterLink";
import { SignInDetails } from "#/parts/SignInDetails";
import { useSubmission } from "#/parts/useSubmission";

const NAME = /^[\w+=,.@-]{1,64}$/;
const MOST_NAMED = 5;

/** Somebody who does the daily work, so that the root user need not. */
export function Administrator({ loaded }: { loaded: Loaded<string[]> }) {
  const { account } = useSession();
  const [created, setCreated] = useState<NewAdministrator>();
  const names = loaded.value ?? [];
  return (
    <Task
      number={3}
      title="An administrator for daily work"
      description="An IAM user with AdministratorAccess can do all but a few things, and can be restricted and removed."
      done={loaded.value && names.length > 0}
    >
      <SpaceBetween size="l">
        {loaded.error !== undefined && (
          <Failure what="Administrators could not be listed" error={loaded.error} onRetry={loaded.reload} />
        )}
        {names.length > 0 && (
          <SpaceBetween size="xs">
            <Box>
              {names.length === 1 ? "There is one: " : `There are ${names.length}: `}
              {names.slice(0, MOST_NAMED).map((name, index) => (
                <span key={name}>
                  {index > 0 && ", "}
                  <RouterLink to={`/users/${encodeURIComponent(name)}`}>{name}</RouterLink>
                </span>
              ))}
              {names.length > MOST_NAMED && ` and ${names.length - MOST_NAMED} more`}. They sign in at{" "}
              <CopyText text={account.signInUrl} label="sign-in URL" />
            </Box>
            <Box color="text-body-secondary">
              Setting up the account made the first one, and printed its password together with the root user&apos;s.
            </Box>
          </SpaceBetween>
        )}
        {created ? (
          <SignInDetails userName={created.userName} password={created.password} />
        ) : (
          <CreateForm
            onCreated={(administrator) => {
              setCreated(administrator);
              loaded.reload();
            }}
          />
        )}
      </SpaceBetween>
    </Task>
  );
}

function CreateForm({ onCreated }: { onCreated: (administrator: NewAdministrator) => void }) {
  const [name, setName] = useState("");
  const { busy, error, run } = useSubmission({ leaves: true });
  const isGood = NAME.test(name);

  async function create() {
    onCreated(await createAdministrator(name));
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isGood && !busy) void run(create);
      }}
    >
      <SpaceBetween size="s">
        {error !== undefined && <Failure what="The administrator was not created" error={error} />}
        <FormField
          label="Create an administrator"
          description="With a password that is shown once, and changed at the first sign-in."
          constraintText="1 to 64 characters: letters, numbers and + = , . @ _ -"
          errorText={name !== "" && !isGood && "This cannot be a user name."}
          secondaryControl={
            <Button formAction="submit" loading={busy} disabled={!isGood}>
              Create administrator
            </Button>
          }
        >
          <Input
            value={name}
            placeholder="User name"
            autoComplete={false}
            spellcheck={false}
            onChange={({ detail }) => setName(detail.value)}
          />
        </FormField>
      </SpaceBetween>
    </form>
  );
}

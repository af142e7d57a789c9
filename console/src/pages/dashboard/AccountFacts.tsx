import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { useSession } from "#/app/session";
import { CopyText } from "#/parts/CopyText";
import { RouterLink } from "#/parts/RouterLink";

/** Which account it is, and where its users sign in. */
export function AccountFacts() {
  const { account } = useSession();
  return (
    <Container header={<Header variant="h2">Account</Header>}>
      <KeyValuePairs
        columns={1}
        items={[
          { label: "Account ID", value: <CopyText text={account.id} label="account ID" /> },
          {
            label: "Account Alias",
            value: account.alias ? (
              <>
                {account.alias} <RouterLink to="/settings">Edit</RouterLink>
              </>
            ) : (
              <RouterLink to="/settings">Create an account alias</RouterLink>
            ),
          },
          {
            label: "Sign-in URL for IAM users in this account",
            value: <CopyText text={account.signInUrl} label="sign-in URL" />,
          },
        ]}
      />
    </Container>
  );
}

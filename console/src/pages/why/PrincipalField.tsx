import { ListRolesCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import Autosuggest from "@cloudscape-design/components/autosuggest";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { describe } from "#/api/refusal";
import { useLoad } from "#/api/useLoad";
import { useSession } from "#/app/session";

export type PrincipalKind = "self" | "user" | "role" | "root";

/** Who is asked about: of users and roles the name or the ARN, as it was typed. */
export interface PrincipalDraft {
  kind: PrincipalKind;
  name: string;
}

interface Properties {
  draft: PrincipalDraft;
  onChange: (draft: PrincipalDraft) => void;
  problem: string | undefined;
}

const KINDS: { value: PrincipalKind; label: string }[] = [
  { value: "self", label: "You, as you are signed in" },
  { value: "user", label: "IAM user" },
  { value: "role", label: "IAM role" },
  { value: "root", label: "Root user" },
];

export function PrincipalField({ draft, onChange, problem }: Properties) {
  const { account, principal } = useSession();
  return (
    <ColumnLayout columns={2}>
      <FormField label="Principal" constraintText={draft.kind === "self" ? principal.arn : ""}>
        <Select
          selectedOption={KINDS.find(({ value }) => value === draft.kind) ?? null}
          options={KINDS}
          onChange={({ detail }) => onChange({ kind: detail.selectedOption.value as PrincipalKind, name: "" })}
        />
      </FormField>
      {(draft.kind === "user" || draft.kind === "role") && (
        <NameField
          key={draft.kind}
          kind={draft.kind}
          account={account.id}
          name={draft.name}
          problem={problem}
          onChange={(name) => onChange({ ...draft, name })}
        />
      )}
    </ColumnLayout>
  );
}

interface NameProperties {
  kind: "user" | "role";
  account: string;
  name: string;
  problem: string | undefined;
  onChange: (name: string) => void;
}

function NameField({ kind, account, name, problem, onChange }: NameProperties) {
  const { value: options = [], loading, error } = useLoad(() => listNames(kind), [kind]);
  return (
    <FormField
      label={kind === "user" ? "User" : "Role"}
      errorText={problem}
      constraintText={`Its name, or its ARN, such as arn:aws:iam::${account}:${kind}/NAME`}
    >
      <Autosuggest
        value={name}
        options={options}
        statusType={error !== undefined ? "error" : loading ? "loading" : "finished"}
        loadingText={`Loading ${kind}s`}
        errorText={error !== undefined ? describe(error).message : ""}
        empty={`There are no ${kind}s`}
        placeholder={`Choose a ${kind}`}
        hideEnteredTextOption
        virtualScroll
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}

async function listNames(kind: "user" | "role") {
  const page = (Marker: string | undefined) => ({ MaxItems: 1000, ...(Marker ? { Marker } : {}) });
  const found =
    kind === "user"
      ? await listAll(
          (marker) => iam.send(new ListUsersCommand(page(marker))),
          ({ Users }) => Users?.map(({ UserName, Arn }) => ({ name: UserName, arn: Arn })),
        )
      : await listAll(
          (marker) => iam.send(new ListRolesCommand(page(marker))),
          ({ Roles }) => Roles?.map(({ RoleName, Arn }) => ({ name: RoleName, arn: Arn })),
        );
  return found.map(({ name = "", arn = "" }) => ({ value: arn, label: name, description: arn }));
}

/** Returns the principal's ARN; empty for who is signed in. */
export function arnOf({ kind, name }: PrincipalDraft, account: string): string {
  if (kind === "self") return "";
  if (kind === "root") return `arn:aws:iam::${account}:root`;
  return name.startsWith("arn:") ? name : `arn:aws:iam::${account}:${kind}/${name}`;
}

/** Returns what the fields show for an ARN. */
export function draftOf(arn: string): PrincipalDraft {
  if (arn === "") return { kind: "self", name: "" };
  if (arn.endsWith(":root")) return { kind: "root", name: "" };
  return { kind: /:(role|assumed-role)\//.test(arn) ? "role" : "user", name: arn };
}

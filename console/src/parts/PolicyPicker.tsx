import type { Policy } from "@aws-sdk/client-iam";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { kindOfPolicy, listPolicies, type PolicyKind } from "#/api/policies";
import { useLoad } from "#/api/useLoad";
import { EntityTable } from "#/parts/EntityTable";
import { RouterLink } from "#/parts/RouterLink";

interface Properties {
  /** ARNs. */
  selected: string[];
  onChange: (arns: string[]) => void;
  title?: string;
  selectionType?: "single" | "multi";
  headingTag?: "h2" | "h3";
}

const EVERY_KIND = { value: "", label: "All types" };
const KINDS: PolicyKind[] = ["Customer managed", "AWS managed", "AWS managed - job function"];
const KIND_OPTIONS = [EVERY_KIND, ...KINDS.map((kind) => ({ value: kind, label: kind }))];

/** A table of all managed policies to choose from. */
export function PolicyPicker({
  selected,
  onChange,
  title = "Permissions policies",
  selectionType = "multi",
  headingTag = "h2",
}: Properties) {
  const loaded = useLoad(listPolicies, []);
  const [kind, setKind] = useState("");
  const shown = loaded.value?.filter((policy) => kind === "" || kindOfPolicy(arnOf(policy)) === kind);

  return (
    <EntityTable<Policy>
      title={title}
      noun="policy"
      variant="container"
      headingTag={headingTag}
      loaded={{ ...loaded, value: shown }}
      trackBy={arnOf}
      textOf={(policy) => policy.PolicyName ?? ""}
      selectionType={selectionType}
      selected={selected.map((arn) => loaded.value?.find((policy) => policy.Arn === arn) ?? { Arn: arn })}
      onSelect={(policies) => onChange(policies.map(arnOf))}
      preferencesKey="policy-picker"
      filters={
        <Select
          selectedOption={KIND_OPTIONS.find((option) => option.value === kind) ?? EVERY_KIND}
          options={KIND_OPTIONS}
          onChange={({ detail }) => setKind(detail.selectedOption.value ?? "")}
          ariaLabel="Filter by type"
        />
      }
      columns={[
        {
          id: "name",
          header: "Policy name",
          isRowHeader: true,
          sortingField: "PolicyName",
          cell: (policy) => (
            <RouterLink to={`/policies/${encodeURIComponent(arnOf(policy))}`} target="_blank">
              {policy.PolicyName}
            </RouterLink>
          ),
        },
        {
          id: "type",
          header: "Type",
          sortingComparator: (a, b) => kindOfPolicy(arnOf(a)).localeCompare(kindOfPolicy(arnOf(b))),
          cell: (policy) => kindOfPolicy(arnOf(policy)),
        },
      ]}
    />
  );
}

function arnOf(policy: Policy): string {
  return policy.Arn ?? "";
}

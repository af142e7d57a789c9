import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { NAME_CONSTRAINT, nameProblem } from "#/parts/entityName";

const LONGEST = 128;

/** Tells what is wrong with the name of a policy, if anything. */
export function policyNameProblem(name: string): string | undefined {
  return nameProblem(name, LONGEST);
}

interface Properties {
  name: string;
  onChange: (name: string) => void;
  /** Say what is wrong with it. */
  insist: boolean;
}

/** What a new policy is called. */
export function PolicyName({ name, onChange, insist }: Properties) {
  return (
    <FormField
      label="Policy name"
      description="Enter a meaningful name to identify this policy."
      constraintText={`Maximum ${LONGEST} characters. ${NAME_CONSTRAINT}`}
      errorText={insist && policyNameProblem(name)}
    >
      <Input value={name} autoComplete={false} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}

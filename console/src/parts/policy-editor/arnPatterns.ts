import { coversAction, type ResourceType, type Service } from "#/api/catalogue";

/** The form of a resource's ARN, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`, and what fills it. */

const VARIABLE = /\$\{(\w+)\}/g;

/** Returns the names of a pattern's variables, in their order. */
export function variablesOf(pattern: string): string[] {
  return [...new Set([...pattern.matchAll(VARIABLE)].map((found) => found[1] ?? ""))];
}

/** Returns the ARN with its variables filled in; `*` for those that are left empty. */
export function fillIn(pattern: string, values: Record<string, string>): string {
  return pattern.replace(VARIABLE, (_, name: string) => values[name]?.trim() || "*");
}

/** Returns a variable's name as words: `BucketName` is `Bucket name`. */
export function wordsOf(variable: string): string {
  const words = variable.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Returns the type of resource that an ARN looks like: of several, the one whose form says most. */
export function typeOf(arn: string, types: ResourceType[]): ResourceType | undefined {
  return types
    .filter((type) => formOf(type.arn).test(arn))
    .sort((a, b) => literalLength(b.arn) - literalLength(a.arn))[0];
}

/** Returns the types of resources that some actions work on; names may be patterns. */
export function typesFor(service: Service, names: string[]): ResourceType[] {
  const wanted = new Set(
    service.actions
      .filter((action) => names.some((name) => coversAction(name, action.name)))
      .flatMap((action) => action.resourceTypes.map(({ name }) => name)),
  );
  return service.resourceTypes.filter(({ name }) => wanted.has(name));
}

/** Tells whether a text is an ARN, or a pattern of ARNs, as `Resource` takes it. */
export function isArn(text: string): boolean {
  return text === "*" || /^arn:[^:\s]+:[^:\s]+:[^:\s]*:[^:\s]*:\S+$/.test(text);
}

function formOf(pattern: string): RegExp {
  const parts = pattern.split(VARIABLE);
  // Split at a capturing group, every other part is a variable.
  const source = parts.map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return index === parts.length - 2 ? ".+" : "[^:/]*";
  });
  return new RegExp(`^${source.join("")}$`);
}

function literalLength(pattern: string): number {
  return pattern.replace(VARIABLE, "").length;
}

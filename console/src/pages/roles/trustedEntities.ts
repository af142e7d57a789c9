type Principals = "*" | Record<string, string | string[]>;

interface Statement {
  Effect?: string;
  Principal?: Principals;
}

/** Says who a trust policy lets assume the role, in a few words each; nothing when it cannot be read. */
export function trustedEntities(document: string): string[] {
  let policy: { Statement?: Statement | Statement[] };
  try {
    policy = JSON.parse(document);
  } catch {
    return [];
  }
  const allowing = [policy.Statement ?? []].flat().filter((statement) => statement.Effect === "Allow");
  const said = allowing.flatMap((statement) => describe(statement.Principal));
  return [...new Set(said)];
}

function describe(principals: Principals | undefined): string[] {
  if (principals === undefined) return [];
  if (principals === "*") return ["Everybody (*)"];
  return Object.entries(principals).flatMap(([type, names]) => [names].flat().map((name) => describeOne(type, name)));
}

function describeOne(type: string, name: string): string {
  if (type === "Service") return `AWS Service: ${name.replace(/\.amazonaws\.com(\.cn)?$/, "")}`;
  if (type === "Federated") return `Identity Provider: ${name}`;
  if (name === "*") return "Everybody (*)";
  const account = /^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1] ?? (/^\d{12}$/.test(name) ? name : undefined);
  return account ? `Account: ${account}` : name;
}

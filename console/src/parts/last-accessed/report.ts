import {
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  ListPoliciesGrantingServiceAccessCommand,
  type PolicyGrantingServiceAccess,
  type ServiceLastAccessed,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";

const BETWEEN_LOOKS_MS = 400;
const MOST_LOOKS = 150;

/** Has a report made of which services a principal's policies allow and when they were last used, and waits for it. */
export async function lastAccessed(arn: string): Promise<ServiceLastAccessed[]> {
  const job = await iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn: arn, Granularity: "ACTION_LEVEL" }));
  const JobId = job.JobId ?? "";
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const { JobStatus, Error: failure } = await iam.send(
      new GetServiceLastAccessedDetailsCommand({ JobId, MaxItems: 1 }),
    );
    if (JobStatus === "FAILED") throw new Error(failure?.Message ?? "The report could not be made.");
    if (JobStatus === "COMPLETED") {
      return listAll(
        (Marker) => iam.send(new GetServiceLastAccessedDetailsCommand({ JobId, Marker, MaxItems: 1000 })),
        (page) => page.ServicesLastAccessed,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
  }
  throw new Error("The report takes too long. Try again later.");
}

/** Returns the policies that allow a principal to use a service. */
export async function policiesGranting(arn: string, namespace: string): Promise<PolicyGrantingServiceAccess[]> {
  const lists = await listAll(
    (Marker) =>
      iam.send(new ListPoliciesGrantingServiceAccessCommand({ Arn: arn, ServiceNamespaces: [namespace], Marker })),
    (page) => page.PoliciesGrantingServiceAccess,
  );
  return lists.flatMap((list) => list.Policies ?? []);
}

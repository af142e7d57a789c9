import type { CloudTrailDetails, GetGeneratedPolicyResponse, PolicyGeneration } from "@aws-sdk/client-accessanalyzer";
import { accessAnalyzer } from "#/api/clients";

/** The time whose events a policy is generated from. */
export interface Period {
  start: Date;
  end: Date;
  /** The ARN of the role that AWS would read the trail with. */
  accessRole: string;
}

const BETWEEN_LOOKS_MS = 1000;
const MOST_LOOKS = 300;

/** Has the policy generated that would have been enough for what somebody did; returns the job's ID.
 *
 * @param period the last 90 days without.
 */
export async function startGeneration(principalArn: string, account: string, period?: Period): Promise<string> {
  const { StartPolicyGenerationCommand } = await import("@aws-sdk/client-accessanalyzer");
  const details = period && {
    trails: [{ cloudTrailArn: `arn:aws:cloudtrail:us-east-1:${account}:trail/event-history`, allRegions: true }],
    accessRole: period.accessRole,
    startTime: period.start,
    endTime: period.end,
  };
  const { jobId = "" } = await (await accessAnalyzer()).send(
    new StartPolicyGenerationCommand({
      policyGenerationDetails: { principalArn },
      ...(details ? { cloudTrailDetails: details satisfies CloudTrailDetails } : {}),
    }),
  );
  return jobId;
}

/** Returns what came of a job, when it has ended. */
export async function generatedPolicy(jobId: string): Promise<GetGeneratedPolicyResponse> {
  const { GetGeneratedPolicyCommand } = await import("@aws-sdk/client-accessanalyzer");
  const client = await accessAnalyzer();
  for (let look = 1; ; look += 1) {
    const found = await client.send(new GetGeneratedPolicyCommand({ jobId }));
    if (found.jobDetails?.status !== "IN_PROGRESS" || look === MOST_LOOKS) return found;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
  }
}

/** Returns the jobs of the last seven days about somebody, the latest first. */
export async function listGenerations(principalArn: string): Promise<PolicyGeneration[]> {
  const { ListPolicyGenerationsCommand } = await import("@aws-sdk/client-accessanalyzer");
  const client = await accessAnalyzer();
  const jobs: PolicyGeneration[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListPolicyGenerationsCommand({ principalArn, ...(nextToken ? { nextToken } : {}) }),
    );
    jobs.push(...(page.policyGenerations ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return jobs;
}

import { GenerateCredentialReportCommand, GetCredentialReportCommand } from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { parseCsv } from "#/api/csv";

/** What the report has of one access key. */
export interface ReportedKey {
  active: boolean;
  lastRotated: Date | undefined;
  lastUsed: Date | undefined;
}

/** One row: a user, or the root user. */
export interface ReportedUser {
  /** The root user's is `<root_account>`. */
  name: string;
  arn: string;
  createdAt: Date | undefined;
  hasPassword: boolean;
  passwordLastUsed: Date | undefined;
  passwordLastChanged: Date | undefined;
  hasMfa: boolean;
  keys: ReportedKey[];
}

export interface CredentialReport {
  root: ReportedUser | undefined;
  users: ReportedUser[];
}

const ROOT = "<root_account>";
const MOST_ROUNDS = 60;
const BETWEEN_MS = 500;

/** Has the report made, waits for it and reads it. */
export async function loadCredentialReport(): Promise<CredentialReport> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { State } = await iam.send(new GenerateCredentialReportCommand({}));
    if (State === "COMPLETE") return readReport(await fetchReport());
    // The first answer says that it was started; where it is made at once, the next one says that it is there.
    if (round > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
  throw new Error("The credential report takes too long to be made. Try again later.");
}

async function fetchReport(): Promise<string> {
  const { Content } = await iam.send(new GetCredentialReportCommand({}));
  return new TextDecoder().decode(Content);
}

export function readReport(text: string): CredentialReport {
  const [columns = [], ...rows] = parseCsv(text);
  const place = new Map(columns.map((name, index) => [name, index]));
  const people = rows.map((cells) => readUser((column) => cells[place.get(column) ?? -1] ?? ""));
  return { root: people.find(({ name }) => name === ROOT), users: people.filter(({ name }) => name !== ROOT) };
}

function readUser(cell: (column: string) => string): ReportedUser {
  return {
    name: cell("user"),
    arn: cell("arn"),
    createdAt: moment(cell("user_creation_time")),
    hasPassword: cell("password_enabled") === "true",
    passwordLastUsed: moment(cell("password_last_used")),
    passwordLastChanged: moment(cell("password_last_changed")),
    hasMfa: cell("mfa_active") === "true",
    keys: [1, 2].map((number) => ({
      active: cell(`access_key_${number}_active`) === "true",
      lastRotated: moment(cell(`access_key_${number}_last_rotated`)),
      lastUsed: moment(cell(`access_key_${number}_last_used_date`)),
    })),
  };
}

/** Returns a time, or nothing for words such as `N/A` and `no_information`. */
function moment(cell: string): Date | undefined {
  return /^\d{4}-/.test(cell) ? new Date(cell) : undefined;
}

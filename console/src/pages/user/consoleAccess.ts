import {
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  DeleteLoginProfileCommand,
  GetLoginProfileCommand,
  UpdateLoginProfileCommand,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import type { Deed } from "#/api/deeds";
import { isCode } from "#/api/refusal";
import { CHANGE_PASSWORD_POLICY } from "#/parts/PasswordChoice";

/** Whether a user has a password to sign in with. */
export type ConsoleAccess = { enabled: false } | { enabled: true; since: Date | undefined; mustChange: boolean };

export async function consoleAccess(UserName: string): Promise<ConsoleAccess> {
  try {
    const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName }));
    return {
      enabled: true,
      since: LoginProfile?.CreateDate,
      mustChange: LoginProfile?.PasswordResetRequired ?? false,
    };
  } catch (error) {
    if (isCode(error, "NoSuchEntity")) return { enabled: false };
    throw error;
  }
}

export async function disableConsoleAccess(UserName: string): Promise<void> {
  await iam.send(new DeleteLoginProfileCommand({ UserName }));
}

/** What it takes to give a user a password, the first or another. */
export function passwordDeeds(UserName: string, Password: string, mustChange: boolean, hasOne: boolean): Deed[] {
  const given = { UserName, Password, PasswordResetRequired: mustChange };
  const allow = new AttachUserPolicyCommand({ UserName, PolicyArn: CHANGE_PASSWORD_POLICY });
  return [
    {
      what: "Set the console password",
      essential: true,
      run: async () => {
        if (hasOne) await iam.send(new UpdateLoginProfileCommand(given));
        else await iam.send(new CreateLoginProfileCommand(given));
      },
    },
    ...(mustChange ? [{ what: "Attach the policy IAMUserChangePassword", run: () => iam.send(allow) }] : []),
  ];
}

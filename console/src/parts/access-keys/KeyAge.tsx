import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import type { AccessKey } from "#/api/accessKeys";
import type { AccountSettings } from "#/api/ostiary";
import { Moment } from "#/parts/Moment";

const DAY_MS = 86_400_000;

interface Properties {
  accessKey: AccessKey;
  /** Undefined when they are not known to who is signed in. */
  limits: AccountSettings | undefined;
}

/** How old a key is; and that it is too old, where the account says how old they may grow. */
export function KeyAge({ accessKey: { active, createdAt }, limits }: Properties) {
  const { AccessKeyWarningDays: warning, AccessKeyMaximumDays: maximum } = limits ?? {};
  const age = (Date.now() - createdAt.getTime()) / DAY_MS;
  const warned = warning !== undefined && age >= warning;
  const left = maximum === undefined ? undefined : Math.max(0, Math.ceil(maximum - age));
  return (
    <>
      <Moment at={createdAt} />{" "}
      {active && warned && <Badge color="severity-medium">{`Over ${warning} days old`}</Badge>}
      {active && left !== undefined && (warned || warning === undefined) && (
        <Box fontSize="body-s" color="text-body-secondary">
          {left === 0 ? "Deactivated within a minute" : `Deactivated in ${left} ${left === 1 ? "day" : "days"}`}
        </Box>
      )}
    </>
  );
}

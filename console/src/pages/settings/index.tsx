import { GetAccountSummaryCommand } from "@aws-sdk/client-iam";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { iam } from "#/api/clients";
import { ostiary } from "#/api/ostiary";
import { useLoad } from "#/api/useLoad";
import { AccessKeyAge } from "#/pages/settings/AccessKeyAge";
import { AccountAlias } from "#/pages/settings/AccountAlias";
import { MfaRequirement } from "#/pages/settings/MfaRequirement";
import { PasswordPolicyCard } from "#/pages/settings/PasswordPolicyCard";
import { Quotas } from "#/pages/settings/Quotas";
import { TokenVersion } from "#/pages/settings/TokenVersion";
import { TrailRetention } from "#/pages/settings/TrailRetention";

export default function SettingsPage() {
  const summary = useLoad(async () => (await iam.send(new GetAccountSummaryCommand({}))).SummaryMap ?? {}, []);
  const settings = useLoad(() => ostiary("GetAccountSettings", {}), []);
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="What holds for everybody in this account.">
          Account settings
        </Header>
      }
    >
      <SpaceBetween size="l">
        <AccountAlias />
        <PasswordPolicyCard />
        <MfaRequirement settings={settings} />
        <AccessKeyAge settings={settings} />
        <TrailRetention settings={settings} />
        <TokenVersion summary={summary} />
        <Quotas summary={summary} />
      </SpaceBetween>
    </ContentLayout>
  );
}

import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { loadService } from "#/api/catalogue";
import type { PolicyPurpose } from "#/api/policyFindings";
import { useLoad } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";
import { ActionsSection } from "#/parts/policy-editor/ActionsSection";
import { ConditionsSection } from "#/parts/policy-editor/ConditionsSection";
import { PrincipalsSection } from "#/parts/policy-editor/PrincipalsSection";
import { ResourcesSection } from "#/parts/policy-editor/ResourcesSection";
import { ServiceSelect } from "#/parts/policy-editor/ServiceSelect";
import { servicesOf } from "#/parts/policy-editor/showable";
import type { Statement } from "#/parts/policy-editor/statement";

interface Properties {
  number: number;
  statement: Statement;
  purpose: PolicyPurpose;
  onChange: (statement: Statement) => void;
  onClone: () => void;
  onRemove: () => void;
}

const EFFECTS = [
  { id: "Allow", text: "Allow" },
  { id: "Deny", text: "Deny" },
];
const EVERY_SERVICE = "*";

/** A statement: what it does, for which actions of one service, on what, and when. */
export function StatementCard({ number, statement, purpose, onChange, onClone, onRemove }: Properties) {
  // A service is chosen before there is an action to tell it by.
  const [chosen, setChosen] = useState(purpose === "trust" ? "sts" : undefined);
  const prefix = servicesOf(statement)[0] ?? chosen;
  const service = useLoad(async () => (prefix && prefix !== EVERY_SERVICE ? loadService(prefix) : undefined), [prefix]);

  function choose(service: string) {
    setChosen(service);
    onChange({ ...statement, Action: service === EVERY_SERVICE ? "*" : [], Resource: [] });
  }

  const named = service.value?.prefix === prefix ? service.value : undefined;
  const ready = prefix !== undefined && (named !== undefined || !service.loading);
  return (
    <Container
      header={
        <Header
          variant="h3"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button formAction="none" ariaLabel={`Clone statement ${number}`} onClick={onClone}>
                Clone
              </Button>
              <Button formAction="none" ariaLabel={`Remove statement ${number}`} onClick={onRemove}>
                Remove
              </Button>
            </SpaceBetween>
          }
        >
          {named?.name ?? (prefix === EVERY_SERVICE ? "All services" : (prefix ?? "Select a service"))}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <SegmentedControl
          label={`Effect of statement ${number}`}
          options={EFFECTS}
          selectedId={String(statement.Effect)}
          onChange={({ detail }) => onChange({ ...statement, Effect: detail.selectedId })}
        />
        {purpose === "identity" && <ServiceSelect prefix={prefix} onChange={choose} />}
        {purpose === "trust" && <PrincipalsSection statement={statement} onChange={onChange} />}
        {service.error !== undefined && (
          <Failure what="The service's actions could not be loaded" error={service.error} onRetry={service.reload} />
        )}
        {prefix !== undefined && !ready && <Loading />}
        {ready && (
          <>
            {prefix !== EVERY_SERVICE && (
              <ActionsSection prefix={prefix} service={named} statement={statement} onChange={onChange} />
            )}
            {purpose === "identity" && <ResourcesSection service={named} statement={statement} onChange={onChange} />}
            <ConditionsSection service={named} statement={statement} onChange={onChange} />
          </>
        )}
      </SpaceBetween>
    </Container>
  );
}

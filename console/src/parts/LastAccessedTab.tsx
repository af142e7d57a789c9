import type { ServiceLastAccessed } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Select from "@cloudscape-design/components/select";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { useLoad } from "#/api/useLoad";
import { EntityTable } from "#/parts/EntityTable";
import { lastAccessed } from "#/parts/last-accessed/report";
import { ServiceDetails } from "#/parts/last-accessed/ServiceDetails";
import { Moment } from "#/parts/Moment";

const FILTERS = [
  { value: "all", label: "All services" },
  { value: "accessed", label: "Services accessed" },
  { value: "not-accessed", label: "Services not accessed" },
] as const;

/** Which services a principal's policies allow, and when each was last used: what was never used can be taken away. */
export function LastAccessedTab({ arn }: { arn: string }) {
  const loaded = useLoad(() => lastAccessed(arn), [arn]);
  const [shown, setShown] = useState<string>("all");
  const [opened, setOpened] = useState<ServiceLastAccessed>();

  const columns: TableProps.ColumnDefinition<ServiceLastAccessed>[] = [
    {
      id: "service",
      header: "Service",
      cell: (service) => (
        <Button variant="inline-link" onClick={() => setOpened(service)}>
          {service.ServiceName}
        </Button>
      ),
      sortingField: "ServiceName",
      isRowHeader: true,
    },
    {
      id: "accessed",
      header: "Last accessed",
      cell: (service) => <Moment at={service.LastAuthenticated} none="Not accessed in the tracking period" />,
      sortingComparator: (a, b) => (a.LastAuthenticated?.getTime() ?? 0) - (b.LastAuthenticated?.getTime() ?? 0),
    },
    { id: "region", header: "Region", cell: (service) => service.LastAuthenticatedRegion ?? "-" },
    {
      id: "by",
      header: "Last accessed by",
      cell: (service) => service.LastAuthenticatedEntity?.replace(/^.*\//, "") ?? "-",
    },
  ];

  const wanted = loaded.value?.filter(
    (service) => shown === "all" || (service.LastAuthenticated !== undefined) === (shown === "accessed"),
  );
  return (
    <>
      <EntityTable<ServiceLastAccessed>
        title="Allowed services"
        noun="service"
        description="The services that the policies allow, and when they were last used."
        variant="container"
        headingTag="h2"
        loaded={{ ...loaded, value: wanted }}
        columns={columns}
        trackBy={(service) => service.ServiceNamespace ?? ""}
        textOf={(service) => `${service.ServiceName} ${service.ServiceNamespace}`}
        filters={
          <Select
            ariaLabel="Show services"
            options={FILTERS}
            selectedOption={FILTERS.find((filter) => filter.value === shown) ?? FILTERS[0]}
            onChange={({ detail }) => setShown(detail.selectedOption.value ?? "all")}
          />
        }
      />
      {opened && <ServiceDetails arn={arn} service={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

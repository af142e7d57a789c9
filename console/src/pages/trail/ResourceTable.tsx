import type { Resource } from "@aws-sdk/client-cloudtrail";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { RouterLink } from "#/parts/RouterLink";

/** What an event is about, with links to what the console has pages of. */
export function ResourceTable({ resources }: { resources: Resource[] }) {
  return (
    <Table
      items={resources}
      ariaLabels={{ tableLabel: "Resources referenced" }}
      header={
        <Header variant="h2" counter={`(${resources.length})`}>
          Resources referenced
        </Header>
      }
      columnDefinitions={[
        { id: "type", header: "Resource type", cell: ({ ResourceType }) => ResourceType },
        { id: "name", header: "Resource name", cell: (resource) => <Named resource={resource} /> },
        {
          id: "events",
          header: "Events",
          cell: ({ ResourceName = "" }) => (
            <RouterLink to={`/trail?${new URLSearchParams({ resource: ResourceName })}`}>
              Events of this resource
            </RouterLink>
          ),
        },
      ]}
      empty={<Box textAlign="center">The event names no resource.</Box>}
    />
  );
}

function Named({ resource: { ResourceType = "", ResourceName = "" } }: { resource: Resource }) {
  const path = pageOf(ResourceType, ResourceName);
  return path ? <RouterLink to={path}>{ResourceName}</RouterLink> : ResourceName;
}

const PAGES: Record<string, string> = {
  "AWS::IAM::User": "/users",
  "AWS::IAM::Group": "/groups",
  "AWS::IAM::Role": "/roles",
};

/** Returns the page of a resource, which an event names by its name or its ARN. */
function pageOf(type: string, name: string): string | undefined {
  const isArn = name.startsWith("arn:");
  if (type === "AWS::IAM::Policy" && isArn) return `/policies/${encodeURIComponent(name)}`;
  const page = PAGES[type];
  const last = isArn ? name.slice(name.lastIndexOf("/") + 1) : name;
  return page && last && `${page}/${encodeURIComponent(last)}`;
}

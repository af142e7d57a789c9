import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useParams } from "react-router";
import { findEvent, recordOf } from "#/api/events";
import { useLoad } from "#/api/useLoad";
import { EventFacts } from "#/pages/trail/EventFacts";
import { ResourceTable } from "#/pages/trail/ResourceTable";
import { Failure } from "#/parts/Failure";
import { JsonEditor } from "#/parts/JsonEditor";
import { Loading } from "#/parts/Loading";
import { RouterLink } from "#/parts/RouterLink";

/** One event, with all that is recorded of it. */
export default function Page() {
  const { id = "" } = useParams();
  const { value, error, reload } = useLoad(async () => ({ event: await findEvent(id) }), [id]);
  const event = value?.event;

  if (error !== undefined) return <Failure what="The event could not be looked up" error={error} onRetry={reload} />;
  if (value === undefined) return <Loading />;
  if (event === undefined) {
    return (
      <ContentLayout header={<Header variant="h1">There is no such event</Header>}>
        <Box>
          The trail has no event with the ID {id}. Go on from the <RouterLink to="/trail">event history</RouterLink>.
        </Box>
      </ContentLayout>
    );
  }
  const record = recordOf(event);
  return (
    <ContentLayout
      breadcrumbs={<RouterLink to="/trail">Event history</RouterLink>}
      header={<Header variant="h1">{event.EventName}</Header>}
    >
      <SpaceBetween size="l">
        <EventFacts event={event} record={record} />
        <ResourceTable resources={event.Resources ?? []} />
        <Container header={<Header variant="h2">Event record</Header>}>
          <JsonEditor label="Event record" readOnly value={JSON.stringify(record, null, 2)} />
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}

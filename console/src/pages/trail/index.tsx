import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useEffect, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { PAGE_SIZE } from "#/api/events";
import { COLUMNS } from "#/pages/trail/columns";
import { FilterBar } from "#/pages/trail/FilterBar";
import { readFilters, writeFilters } from "#/pages/trail/filters";
import { useEvents } from "#/pages/trail/useEvents";
import { Failure } from "#/parts/Failure";

export default function Page() {
  const [query, setQuery] = useSearchParams();
  const filters = useMemo(() => readFilters(query), [query]);
  const { events, loading, error, hasMore, loadMore, reload } = useEvents(filters);
  const [page, setPage] = useState(1);
  const pages = Math.max(1, Math.ceil(events.length / PAGE_SIZE));

  useEffect(() => {
    if (query) setPage(1);
  }, [query]);

  async function goTo(wanted: number) {
    if (wanted > pages) await loadMore();
    setPage(wanted);
  }

  return (
    <SpaceBetween size="m">
      {error !== undefined && <Failure what="Events could not be looked up" error={error} onRetry={reload} />}
      <Table
        variant="full-page"
        items={events.slice((Math.min(page, pages) - 1) * PAGE_SIZE, Math.min(page, pages) * PAGE_SIZE)}
        columnDefinitions={COLUMNS}
        trackBy="EventId"
        loading={loading && events.length === 0}
        loadingText="Looking up events"
        stickyHeader
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: "Event history" }}
        header={
          <Header
            variant="awsui-h1-sticky"
            counter={loading && events.length === 0 ? "" : `(${events.length}${hasMore ? "+" : ""})`}
            description="Who did what in this account, and who was refused. The newest events come first."
            actions={<Button iconName="refresh" ariaLabel="Refresh events" loading={loading} onClick={reload} />}
          >
            Event history
          </Header>
        }
        filter={<FilterBar filters={filters} onChange={(changed) => setQuery(writeFilters(changed))} />}
        pagination={
          <Pagination
            currentPageIndex={Math.min(page, pages)}
            pagesCount={pages}
            openEnd={hasMore}
            disabled={loading}
            onChange={({ detail }) => void goTo(detail.currentPageIndex)}
          />
        }
        empty={<Nothing hasMore={hasMore} failed={error !== undefined} onLookFurther={() => void loadMore()} />}
      />
    </SpaceBetween>
  );
}

function Nothing({ hasMore, failed, onLookFurther }: { hasMore: boolean; failed: boolean; onLookFurther: () => void }) {
  if (failed) return <Box textAlign="center">The events are not known.</Box>;
  if (!hasMore) return <Box textAlign="center">No event matches.</Box>;
  return (
    <Box textAlign="center">
      <SpaceBetween size="s">
        <Box>None of the latest events matches. There are older ones.</Box>
        <Button onClick={onLookFurther}>Look further back</Button>
      </SpaceBetween>
    </Box>
  );
}

import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { Children, Fragment, isValidElement, type ReactNode, useState } from "react";
import type { Loaded } from "#/api/useLoad";
import { Failure } from "#/parts/Failure";

interface Properties<T> {
  /** What the things are: `Users`. It heads the table. */
  title: string;
  description?: ReactNode;
  /** What one of them is: `user`. */
  noun: string;
  /** Without `reload` for what is there once and for all. */
  loaded: Omit<Loaded<T[]>, "reload"> & { reload?: () => void };
  columns: TableProps.ColumnDefinition<T>[];
  trackBy: (item: T) => string;
  /** What a screen reader calls it; the same as `trackBy` when that is a name. */
  labelOf?: (item: T) => string;
  /** The text that the filter looks into. */
  textOf: (item: T) => string;
  selectionType?: "single" | "multi";
  selected?: T[];
  onSelect?: (items: T[]) => void;
  /** What cannot be selected. */
  isDisabled?: (item: T) => boolean;
  /** Buttons beside the title; a refresh button is there already. */
  actions?: ReactNode;
  /** Further filters beside the text filter. */
  filters?: ReactNode;
  variant?: TableProps.Variant;
  headingTag?: "h1" | "h2" | "h3";
  /** Breaks long lines, where there is no single thing that names a row. */
  wrapLines?: boolean;
  /** The preferences, such as the page's size, are kept under this name. */
  preferencesKey?: string;
}

const PAGE_SIZES = [20, 50, 100];

/** A list of things that filters, sorts and pages; it holds tens of thousands and draws a page of them. */
export function EntityTable<T>(properties: Properties<T>) {
  const { title, noun, loaded, columns, trackBy, textOf } = properties;
  const [pageSize, setPageSize] = usePageSize(properties.preferencesKey ?? noun);
  const all = loaded.value ?? [];
  const { items, filterProps, filteredItemsCount, paginationProps, collectionProps } = useCollection<T>(all, {
    filtering: {
      filteringFunction: (item, text) => textOf(item).toLowerCase().includes(text.trim().toLowerCase()),
      empty: <Empty text={`There are no ${title.toLowerCase()} here yet.`} />,
      noMatch: <Empty text={`No ${noun} matches.`} />,
    },
    pagination: { pageSize },
    sorting: columns[0] ? { defaultState: { sortingColumn: columns[0] } } : {},
    selection: { trackBy },
  });

  if (loaded.error && loaded.value === undefined) {
    return (
      <Failure
        what={`${title} could not be listed`}
        error={loaded.error}
        {...(loaded.reload ? { onRetry: loaded.reload } : {})}
      />
    );
  }
  const chosen = properties.selectionType === "multi" && properties.selected?.length;
  const total = `${all.length}${loaded.loading ? "+" : ""}`;
  const count = loaded.value === undefined ? undefined : chosen ? `(${chosen}/${total})` : `(${total})`;
  return (
    <Table<T>
      {...collectionProps}
      variant={properties.variant ?? "full-page"}
      items={items}
      columnDefinitions={columns}
      trackBy={trackBy}
      loading={loaded.loading && loaded.value === undefined}
      loadingText={`Loading ${title.toLowerCase()}`}
      stickyHeader
      wrapLines={properties.wrapLines ?? false}
      enableKeyboardNavigation
      {...(properties.selectionType
        ? {
            selectionType: properties.selectionType,
            selectedItems: properties.selected ?? [],
            onSelectionChange: ({ detail }) => properties.onSelect?.(detail.selectedItems),
            isItemDisabled: (item) => properties.isDisabled?.(item) ?? false,
          }
        : {})}
      ariaLabels={{
        tableLabel: title,
        selectionGroupLabel: `Select ${noun}`,
        allItemsSelectionLabel: () => `Select all ${title.toLowerCase()} of this page`,
        itemSelectionLabel: (_, item) => `Select ${(properties.labelOf ?? trackBy)(item)}`,
      }}
      header={
        <Header
          variant={properties.headingTag ?? "h1"}
          {...(properties.variant === undefined ? { variant: "awsui-h1-sticky" as const } : {})}
          counter={count}
          description={properties.description}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {loaded.reload && (
                <Button
                  iconName="refresh"
                  formAction="none"
                  ariaLabel={`Refresh ${title.toLowerCase()}`}
                  loading={loaded.loading}
                  onClick={loaded.reload}
                />
              )}
              {spread(properties.actions)}
            </SpaceBetween>
          }
        >
          {title}
        </Header>
      }
      filter={
        <SpaceBetween direction="horizontal" size="xs">
          <TextFilter
            {...filterProps}
            filteringPlaceholder={`Find a ${noun}`}
            filteringAriaLabel={`Find a ${noun}`}
            filteringClearAriaLabel="Clear the filter"
            countText={filteredItemsCount === 1 ? "1 match" : `${filteredItemsCount} matches`}
          />
          {spread(properties.filters)}
        </SpaceBetween>
      }
      pagination={
        <Pagination
          {...paginationProps}
          ariaLabels={{
            nextPageLabel: "Next page",
            previousPageLabel: "Previous page",
            pageLabel: (page) => `Page ${page}`,
          }}
        />
      }
      preferences={
        <CollectionPreferences
          title="Preferences"
          confirmLabel="Confirm"
          cancelLabel="Cancel"
          preferences={{ pageSize }}
          pageSizePreference={{
            title: "Page size",
            options: PAGE_SIZES.map((size) => ({ value: size, label: `${size} ${title.toLowerCase()}` })),
          }}
          onConfirm={({ detail }) => setPageSize(detail.pageSize ?? PAGE_SIZES[0] ?? 20)}
        />
      }
    />
  );
}

/** Several things come as one fragment, in which SpaceBetween would leave no space. */
function spread(things: ReactNode): ReactNode {
  if (!isValidElement<{ children: ReactNode }>(things) || things.type !== Fragment) return things;
  return Children.toArray(things.props.children);
}

function Empty({ text }: { text: string }) {
  return (
    <Box textAlign="center" color="inherit" padding="m">
      {text}
    </Box>
  );
}

function usePageSize(name: string): [number, (size: number) => void] {
  const key = `ostiary-page-size-${name}`;
  const [size, setSize] = useState(() => {
    const kept = Number(localStorage.getItem(key));
    return PAGE_SIZES.includes(kept) ? kept : 20;
  });
  return [
    size,
    (chosen) => {
      localStorage.setItem(key, String(chosen));
      setSize(chosen);
    },
  ];
}

import Box from "@cloudscape-design/components/box";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { lazy, Suspense, useState } from "react";
import { Loading } from "#/parts/Loading";

const DiffView = lazy(() => import("#/parts/policy-editor/DiffView"));

export interface DiffProperties {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
}

const LAYOUTS = [
  { id: "side-by-side", text: "Side by side" },
  { id: "unified", text: "Unified" },
];
const NARROW = 800;

/** What changed from one document to another. */
export function PolicyDiff(properties: DiffProperties) {
  const { before, after, beforeLabel, afterLabel } = properties;
  const [layout, setLayout] = useState(window.innerWidth < NARROW ? "unified" : "side-by-side");
  if (before === after) return <Box>{`${beforeLabel} and ${afterLabel} are the same.`}</Box>;
  return (
    <SpaceBetween size="s">
      <SegmentedControl
        label="Layout of the comparison"
        options={LAYOUTS}
        selectedId={layout}
        onChange={({ detail }) => setLayout(detail.selectedId)}
      />
      <Box color="text-body-secondary">
        {layout === "unified"
          ? `What ${afterLabel} leaves out of ${beforeLabel} is red, what it adds is green.`
          : `${beforeLabel} is on the left, ${afterLabel} on the right.`}
      </Box>
      <Suspense fallback={<Loading />}>
        <DiffView {...properties} unified={layout === "unified"} />
      </Suspense>
    </SpaceBetween>
  );
}

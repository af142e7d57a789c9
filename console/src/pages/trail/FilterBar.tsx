import Button from "@cloudscape-design/components/button";
import DateRangePicker, { type DateRangePickerProps } from "@cloudscape-design/components/date-range-picker";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { ATTRIBUTES } from "#/api/events";
import type { Filters } from "#/pages/trail/filters";

const ALL = { value: "", label: "All events" };
const CHOICES = [ALL, ...Object.entries(ATTRIBUTES).map(([value, { label }]) => ({ value, label }))];
const BOOLEANS = [
  { value: "false", label: "false" },
  { value: "true", label: "true" },
];
const RECENT: DateRangePickerProps.RelativeOption[] = [
  { key: "30-minute", amount: 30, unit: "minute", type: "relative" },
  { key: "1-hour", amount: 1, unit: "hour", type: "relative" },
  { key: "12-hour", amount: 12, unit: "hour", type: "relative" },
  { key: "1-day", amount: 1, unit: "day", type: "relative" },
  { key: "1-week", amount: 1, unit: "week", type: "relative" },
  { key: "3-month", amount: 3, unit: "month", type: "relative" },
];

/** What to look events up by: one attribute, as CloudTrail has it, and a range of time. */
export function FilterBar({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const [attribute, setAttribute] = useState(filters.attribute);
  const [value, setValue] = useState(filters.value);

  // The address can be changed by other means, such as the browser's way back.
  useEffect(() => {
    setAttribute(filters.attribute);
    setValue(filters.value);
  }, [filters.attribute, filters.value]);

  function choose(chosen: string) {
    setAttribute(chosen);
    const first = chosen === "readOnly" ? "false" : "";
    setValue(first);
    if (chosen === "" || first) onChange({ ...filters, attribute: chosen, value: first });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ ...filters, attribute, value: value.trim() });
      }}
    >
      <SpaceBetween direction="horizontal" size="xs">
        <Select
          ariaLabel="Lookup attribute"
          selectedOption={CHOICES.find((choice) => choice.value === attribute) ?? ALL}
          options={CHOICES}
          onChange={({ detail }) => choose(detail.selectedOption.value ?? "")}
        />
        {attribute === "readOnly" && (
          <Select
            ariaLabel="Value"
            selectedOption={{ value, label: value }}
            options={BOOLEANS}
            onChange={({ detail }) => onChange({ ...filters, attribute, value: detail.selectedOption.value ?? "" })}
          />
        )}
        {attribute !== "" && attribute !== "readOnly" && (
          <>
            <Input
              ariaLabel={ATTRIBUTES[attribute]?.label ?? "Value"}
              placeholder={`Enter the ${(ATTRIBUTES[attribute]?.label ?? "value").toLowerCase()}`}
              type="search"
              value={value}
              onChange={({ detail }) => setValue(detail.value)}
            />
            <Button formAction="submit">Look up</Button>
          </>
        )}
        <DateRangePicker
          ariaLabel="Time range"
          placeholder="Filter by date and time"
          value={filters.range}
          relativeOptions={RECENT}
          customRelativeRangeUnits={["minute", "hour", "day", "week", "month"]}
          isValidRange={whyNotValid}
          absoluteFormat="long-localized"
          expandToViewport
          onChange={({ detail }) => onChange({ ...filters, range: detail.value })}
        />
      </SpaceBetween>
    </form>
  );
}

function whyNotValid(range: DateRangePickerProps.Value | null): DateRangePickerProps.ValidationResult {
  if (range?.type !== "absolute") return { valid: true };
  const [start, end] = [Date.parse(range.startDate), Date.parse(range.endDate)];
  if (Number.isNaN(start) || Number.isNaN(end)) return { valid: false, errorMessage: "Choose a start and an end." };
  return start <= end ? { valid: true } : { valid: false, errorMessage: "The end must not be before the start." };
}

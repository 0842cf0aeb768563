import { Button, Popover, Select, TextInput } from "@mantine/core";
import { MORE, type OpportunitySearch } from "./opportunity-search.ts";

const YES_NO = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];
const COMPLETENESS = [
  { value: "complete", label: "Came home whole" },
  { value: "incomplete", label: "Came home in part" },
  { value: "unknown", label: "Nobody knows" },
];
const REVIEWS = [
  { value: "waiting", label: "Waits for a person" },
  { value: "accepted", label: "Accepted" },
  { value: "corrected", label: "Corrected" },
  { value: "rejected", label: "Rejected" },
  { value: "none", label: "Needs nobody" },
];

type Name = (typeof MORE)[number];

interface MoreProps {
  search: OpportunitySearch;
  onChange: (name: Name, value: string | null) => void;
}

/** Filters that are needed now and then. */
export function MoreFilters({ search, onChange }: MoreProps) {
  const count = MORE.filter((name) => search[name] !== undefined).length;
  const line = (name: Name, label: string, more: { type?: string; placeholder?: string } = {}) => (
    <TextInput
      key={`${name} ${search[name] ?? ""}`}
      label={label}
      defaultValue={search[name] ?? ""}
      onBlur={({ currentTarget }) => onChange(name, currentTarget.value.trim() || null)}
      onKeyDown={({ key, currentTarget }) => key === "Enter" && onChange(name, currentTarget.value.trim() || null)}
      {...more}
    />
  );
  const choice = (name: Name, label: string, data: { value: string; label: string }[]) => (
    <Select
      label={label}
      data={data}
      value={search[name] ?? null}
      clearable
      clearButtonProps={{ "aria-label": `Clear ${label}` }}
      comboboxProps={{ withinPortal: false }}
      onChange={(value) => onChange(name, value)}
    />
  );
  return (
    <Popover position="bottom-start" withinPortal={false} trapFocus shadow="md">
      <Popover.Target>
        <Button variant="default">{count === 0 ? "More filters" : `More filters · ${count}`}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="more-filters" role="group" aria-label="More filters">
          {line("closingFrom", "Closing from", { type: "date" })}
          {line("closingTo", "Closing to", { type: "date" })}
          {line("postedFrom", "Posted from", { type: "date" })}
          {line("postedTo", "Posted to", { type: "date" })}
          {line("valueFrom", "Value from", { placeholder: "10000" })}
          {line("valueTo", "Value to", { placeholder: "500000" })}
          {line("currency", "Currency", { placeholder: "EUR" })}
          {line("code", "Code", { placeholder: "CPV:45" })}
          {line("status", "Status", { placeholder: "Open" })}
          {choice("documents", "Has documents", YES_NO)}
          {choice("present", "Still in its list", YES_NO)}
          {choice("completeness", "Its list", COMPLETENESS)}
          {choice("review", "Review", REVIEWS)}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

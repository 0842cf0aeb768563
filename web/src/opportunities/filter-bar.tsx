import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Icon } from "../elements/icon.tsx";
import { allPortals } from "../portals/portal-queries.ts";
import { MoreFilters } from "./more-filters.tsx";
import { isNarrowed, readOpportunitySearch, viewOf, type OpportunitySearch } from "./opportunity-search.ts";

const PAUSE_MS = 250;
const CLOSING = [
  { value: "open", label: "Not closed yet" },
  { value: "week", label: "Within a week" },
  { value: "month", label: "Within a month" },
  { value: "past", label: "Closed" },
];
const SEEN = [
  { value: "new-day", label: "New since yesterday" },
  { value: "new-week", label: "New this week" },
  { value: "changed-day", label: "Changed since yesterday" },
  { value: "changed-week", label: "Changed this week" },
];
const EVIDENCE = [
  { value: "verified", label: "Verified" },
  { value: "unverified", label: "Not verified" },
];

interface FilterProps {
  search: OpportunitySearch;
  /** Gets the whole list as it is to be; what was open beside it is closed. */
  onChange: (search: OpportunitySearch) => void;
}

/** What the list is narrowed to. */
export function FilterBar({ search, onChange }: FilterProps) {
  const { data: portals = [] } = useQuery(allPortals);
  const set = (name: keyof OpportunitySearch, value: string | null): void =>
    onChange(readOpportunitySearch({ ...viewOf(search), [name]: value ?? undefined }));
  return (
    <div className="filter-bar" role="search" aria-label="Filters">
      <SearchBox value={search.q ?? ""} onChange={(q) => set("q", q)} />
      <Choice
        name="Portal"
        value={search.portalId}
        onChange={(id) => set("portalId", id)}
        isSearchable
        choices={portals.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Choice name="Closing" value={search.closing} choices={CLOSING} onChange={(span) => set("closing", span)} />
      <Choice name="Seen" value={search.seen} choices={SEEN} onChange={(span) => set("seen", span)} />
      <Choice
        name="Evidence"
        value={search.verification}
        choices={EVIDENCE}
        onChange={(to) => set("verification", to)}
      />
      <MoreFilters search={search} onChange={set} />
      {search.jobId !== undefined && (
        <Button variant="light" onClick={() => set("jobId", null)} rightSection={<Icon name="close" size={12} />}>
          One job only
        </Button>
      )}
      {isNarrowed(search) && (
        <Button variant="subtle" onClick={() => onChange(search.sort === undefined ? {} : { sort: search.sort })}>
          Clear
        </Button>
      )}
    </div>
  );
}

/** Writes wait a moment, so that not every letter is a request. */
function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const later = useDebouncedCallback(onChange, PAUSE_MS);
  const written = useRef(value);
  useEffect(() => {
    if (value !== written.current) setText(value);
    written.current = value;
  }, [value]);
  return (
    <TextInput
      id="opportunity-search"
      type="search"
      aria-label="Search titles, references and descriptions"
      placeholder="Search"
      leftSection={<Icon name="search" size={14} />}
      w={220}
      value={text}
      onChange={({ currentTarget }) => {
        written.current = currentTarget.value;
        setText(currentTarget.value);
        later(currentTarget.value);
      }}
    />
  );
}

interface ChoiceProps {
  name: string;
  value: string | undefined;
  choices: { value: string; label: string }[];
  onChange: (value: string | null) => void;
  isSearchable?: boolean;
}

function Choice({ name, value, choices, onChange, isSearchable = false }: ChoiceProps) {
  return (
    <Select
      aria-label={name}
      placeholder={name}
      data={choices}
      value={value ?? null}
      onChange={onChange}
      clearable
      searchable={isSearchable}
      w={170}
      clearButtonProps={{ "aria-label": `Clear ${name}` }}
    />
  );
}

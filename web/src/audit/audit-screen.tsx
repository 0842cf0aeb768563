import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { AuditEvent } from "../api/resources.ts";
import { DataTable } from "../elements/data-table.tsx";
import { EmptyState } from "../elements/empty-state.tsx";
import { PagedList } from "../elements/paged-list.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Screen } from "../elements/screen.tsx";
import { auditPages } from "./audit-queries.ts";
import { readAuditSearch, type AuditSearch } from "./audit-search.ts";
import { actionInWords, actorInWords, AREAS, detailsInWords } from "./audit-words.ts";

const route = getRouteApi("/shell/audit");
const PAUSE_MS = 300;

/** Who did what when. Nobody can change what stands here. */
export function AuditScreen() {
  const search = readAuditSearch({ ...route.useSearch() });
  const navigate = route.useNavigate();
  const pages = useInfiniteQuery(auditPages(search));
  const set = (
    part: Record<keyof AuditSearch, string | undefined> | Partial<Record<keyof AuditSearch, string>>,
  ): void => void navigate({ search: (before) => readAuditSearch({ ...before, ...part }), replace: true });
  const isNarrowed = Object.keys(search).length > 0;
  return (
    <Screen title="Audit trail">
      <AuditFilters key={isNarrowed ? "narrowed" : "whole"} search={search} onChange={set} />
      <PagedList
        pages={pages}
        what="the audit trail"
        more="Show earlier entries"
        empty={
          <EmptyState title={isNarrowed ? "Nothing of this kind is on record." : "Nothing is on record yet."}>
            {isNarrowed && (
              <Button variant="default" onClick={() => void navigate({ search: {} })}>
                Show everything
              </Button>
            )}
          </EmptyState>
        }
      >
        {(events) => (
          <AuditTable events={events} onActor={(actor) => set({ actor })} onSubject={(subject) => set({ subject })} />
        )}
      </PagedList>
    </Screen>
  );
}

interface FilterProps {
  search: AuditSearch;
  onChange: (part: Partial<Record<keyof AuditSearch, string>>) => void;
}

function AuditFilters({ search, onChange }: FilterProps) {
  return (
    <div className="filter-bar" role="search" aria-label="Filters">
      <Select
        aria-label="What"
        placeholder="Everything"
        clearable
        clearButtonProps={{ "aria-label": "Clear what" }}
        data={AREAS}
        value={search.action ?? null}
        onChange={(action) => onChange({ action: action ?? "" })}
      />
      <Written label="Who" placeholder="user:name" value={search.actor} onChange={(actor) => onChange({ actor })} />
      <Written
        label="About"
        placeholder="user:name, portal …"
        value={search.subject}
        onChange={(subject) => onChange({ subject })}
      />
      <Day label="From" value={search.from} onChange={(from) => onChange({ from })} />
      <Day label="To" value={search.to} onChange={(to) => onChange({ to })} />
    </div>
  );
}

interface PartProps {
  label: string;
  placeholder?: string;
  value: string | undefined;
  onChange: (text: string) => void;
}

/** Asks when the person has stopped writing. */
function Written({ label, placeholder = "", value = "", onChange }: PartProps) {
  const [text, setText] = useState({ value, shown: value });
  const later = useDebouncedCallback(onChange, PAUSE_MS);
  const shown = text.value === value ? text.shown : value;
  return (
    <TextInput
      aria-label={label}
      leftSection={<span className="muted">{label}</span>}
      leftSectionWidth={54}
      placeholder={placeholder}
      value={shown}
      onChange={({ currentTarget }) => {
        setText({ value, shown: currentTarget.value });
        later(currentTarget.value);
      }}
    />
  );
}

function Day({ label, value = "", onChange }: PartProps) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      leftSection={<span className="muted">{label}</span>}
      leftSectionWidth={46}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

interface TableProps {
  events: readonly AuditEvent[];
  onActor: (actor: string) => void;
  onSubject: (subject: string) => void;
}

function AuditTable({ events, onActor, onSubject }: TableProps) {
  return (
    <DataTable heads={["When", "Who", "What", "About", "Details"]}>
      {events.map((event) => (
        <tr key={event.id}>
          <td>
            <RelativeTime at={event.at} />
          </td>
          <td>
            <button type="button" className="link-button" title={event.actor} onClick={() => onActor(event.actor)}>
              {actorInWords(event)}
            </button>
          </td>
          <td title={event.action}>{actionInWords(event.action)}</td>
          <td className="wide">
            {event.subject === null ? (
              <span className="muted">–</span>
            ) : (
              <SubjectButton subject={event.subject} onClick={onSubject} />
            )}
          </td>
          <td className="wide">
            <span title={detailsInWords(event.details)}>{detailsInWords(event.details)}</span>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function SubjectButton({ subject, onClick }: { subject: string; onClick: (subject: string) => void }) {
  return (
    <button type="button" className="link-button" title={subject} onClick={() => onClick(subject)}>
      {subject.replace(/^user:/, "")}
    </button>
  );
}

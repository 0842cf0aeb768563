import { sql, type RawBuilder, type SelectQueryBuilder, type SqlBool } from "kysely";
import type { Schema } from "#platform/storage";
import type { OpportunityFilter, OpportunitySort } from "./opportunity-query.ts";
import { pageQuery, searchQuery, unwantedQuery } from "./search/search-query.ts";

type Query<Row> = SelectQueryBuilder<Schema, "opportunity", Row>;

export interface Order {
  key: RawBuilder<string | number | Date>;
  /** The key's type, for the cursor that comes back as text. */
  type: "text" | "timestamptz" | "float8";
  descending: boolean;
}

const LAST = "-Infinity";

/** Missing dates and values come last, whichever way the list runs. */
const ORDERS: Readonly<Record<Exclude<OpportunitySort, "-relevance">, Order>> = {
  firstSeen: { key: sql<Date>`first_seen_at`, type: "timestamptz", descending: false },
  "-firstSeen": { key: sql<Date>`first_seen_at`, type: "timestamptz", descending: true },
  lastSeen: { key: sql<Date>`last_seen_at`, type: "timestamptz", descending: false },
  "-lastSeen": { key: sql<Date>`last_seen_at`, type: "timestamptz", descending: true },
  changed: { key: sql<Date>`changed_at`, type: "timestamptz", descending: false },
  "-changed": { key: sql<Date>`changed_at`, type: "timestamptz", descending: true },
  closingDate: { key: sql<string>`coalesce(closing_date, '~')`, type: "text", descending: false },
  "-closingDate": { key: sql<string>`coalesce(closing_date, '')`, type: "text", descending: true },
  postedDate: { key: sql<string>`coalesce(posted_date, '~')`, type: "text", descending: false },
  "-postedDate": { key: sql<string>`coalesce(posted_date, '')`, type: "text", descending: true },
  value: { key: sql<number>`coalesce(value_max, value_min, 'Infinity')`, type: "float8", descending: false },
  "-value": { key: sql<number>`coalesce(value_max, value_min, ${LAST}::float8)`, type: "float8", descending: true },
  confidence: { key: sql<number>`confidence`, type: "float8", descending: false },
  title: { key: sql<string>`lower(title) collate "C"`, type: "text", descending: false },
  "-title": { key: sql<string>`lower(title) collate "C"`, type: "text", descending: true },
};

/** Without words to look for, all fit equally well. */
export function orderOf(sort: OpportunitySort, { q }: OpportunityFilter): Order {
  if (sort !== "-relevance") return ORDERS[sort];
  const query = q === undefined ? null : searchQuery(q);
  const key = query === null ? sql<number>`0::float8` : sql<number>`ts_rank_cd(search, ${query}::tsquery, 1)::float8`;
  return { key, type: "float8", descending: true };
}

export function narrowed<Row>(query: Query<Row>, filter: OpportunityFilter): Query<Row> {
  return conditionsOf(filter).reduce((narrower, condition) => narrower.where(condition), query);
}

function conditionsOf(filter: OpportunityFilter): RawBuilder<SqlBool>[] {
  const equal = [
    ["portal_id", filter.portalId],
    ["opportunity_type", filter.opportunityType],
    ["category", filter.category],
    ["department", filter.department],
    ["agency", filter.agency],
    ["currency", filter.currency?.toUpperCase()],
    ["verification", filter.verification],
    ["list_state", filter.completeness],
    ["has_documents", filter.hasDocuments],
  ] as const;
  const bounds = [
    ["closing_date", ">=", filter.closingFrom],
    ["closing_date", "<=", filter.closingTo && endOfDay(filter.closingTo)],
    ["posted_date", ">=", filter.postedFrom],
    ["posted_date", "<=", filter.postedTo && endOfDay(filter.postedTo)],
    ["first_seen_at", ">=", filter.firstSeenSince],
    ["changed_at", ">=", filter.changedSince],
    ["filled", ">=", filter.filledFrom],
  ] as const;
  return [
    ...equal.flatMap(([name, value]) => (value === undefined ? [] : [sql<SqlBool>`${sql.ref(name)} = ${value}`])),
    ...bounds.flatMap(([name, operator, value]) =>
      value === undefined ? [] : [sql<SqlBool>`${sql.ref(name)} ${sql.raw(operator)} ${value}`],
    ),
    ...(filter.valueFrom === undefined ? [] : [sql<SqlBool>`coalesce(value_max, value_min) >= ${filter.valueFrom}`]),
    ...(filter.valueTo === undefined ? [] : [sql<SqlBool>`coalesce(value_min, value_max) <= ${filter.valueTo}`]),
    ...(filter.status === undefined ? [] : [sql<SqlBool>`lower(status) = lower(${filter.status})`]),
    ...(filter.q === undefined ? [] : holding(filter.q)),
    ...(filter.jobId === undefined ? [] : [seenBy(filter.jobId)]),
    ...(filter.classification === undefined ? [] : [classified(filter.classification)]),
    ...(filter.isPresent === undefined
      ? []
      : [filter.isPresent ? sql<SqlBool>`vanished_at is null` : sql<SqlBool>`vanished_at is not null`]),
    filter.review === undefined ? sql<SqlBool>`review <> 'rejected'` : sql<SqlBool>`review = ${filter.review}`,
  ];
}

/** The words stand in the opportunity, or all of them on one page of a document that it names. */
function holding(typed: string): RawBuilder<SqlBool>[] {
  const [words, onPage, unwanted] = [searchQuery(typed), pageQuery(typed), unwantedQuery(typed)];
  if (words === null) return [];
  const inDocuments = sql`
    union select own.opportunity_id from document_page page
    join document on document.artifact = page.artifact
    join opportunity_document own on own.document_id = document.id
    where page.search @@ ${onPage}::tsquery`;
  return [
    sql`id in (select it.id from opportunity it where it.search @@ ${words}::tsquery
      ${onPage === null ? sql`` : inDocuments})`,
    ...(unwanted === null ? [] : [sql<SqlBool>`not search @@ ${unwanted}::tsquery`]),
  ];
}

function seenBy(jobId: string): RawBuilder<SqlBool> {
  return sql`exists (select from opportunity_sighting seen where seen.opportunity_id = opportunity.id and seen.job_id = ${jobId})`;
}

/** `CPV:45233141` is that code, `CPV:4523` all that lies below it, `CPV` every code of that vocabulary. */
function classified(code: string): RawBuilder<SqlBool> {
  const [scheme = "", id = ""] = code.toUpperCase().split(":");
  const pattern = `${scheme}:${scheme === "CPV" ? id.replace(/0+$/, "") : id}`.replace(/[\\%_]/g, "\\$&");
  const whole = `${scheme}:${id}`;
  return sql`(classification_codes @> ${[whole]}::text[]
    or exists (select from unnest(classification_codes) code where code like ${`${pattern}%`}))`;
}

/** A day means its whole length: `2026-01-31` includes `2026-01-31T14:00Z`. */
function endOfDay(date: string): string {
  return `${date}~`;
}

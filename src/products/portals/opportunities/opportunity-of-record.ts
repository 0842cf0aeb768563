import type { Evidence, HarvestedRecord } from "#engines/harvest";
import type { FoundOpportunity, Opportunity, OpportunityEvidence } from "./opportunity.ts";
import type { ChosenColumn, OpportunityColumns } from "./opportunity-columns.ts";
import { documentsOf } from "./opportunity-documents.ts";
import { classificationsOf } from "./opportunity-classifications.ts";
import { capitalised, solicitationTypeIn } from "./values/plain-values.ts";
import { readAmount } from "./values/read-amount.ts";
import { momentOf, readMoment, type Written } from "./values/read-moment.ts";
import { AS_THE_PAGE_SAYS, type Reading, type Unclear } from "./values/reading.ts";

const MAX_TITLE = 500;

interface Source {
  value: string;
  evidence: readonly Evidence[];
  confidence: number;
  column?: ChosenColumn;
  isFromDetail?: true;
}

/** Fields whose normal form is taken over as it is. */
const PLAIN = [
  "externalId",
  "referenceNumber",
  "description",
  "opportunityType",
  "category",
  "department",
  "agency",
  "contactName",
  "contactEmail",
  "contactPhone",
  "detailUrl",
] as const;

/** Reads an opportunity out of one record. Null when the record holds no word that could be its title. */
export function opportunityOf(
  record: HarvestedRecord,
  columns: OpportunityColumns,
  now: Date,
  reading: Reading = AS_THE_PAGE_SAYS,
): FoundOpportunity | null {
  const sources = new Map<string, Source>();
  for (const field of new Set([...columns.list.keys(), ...columns.detail.keys()])) {
    const source = sourceOf(record, columns, field);
    if (source) sources.set(field, source);
  }
  const title = sources.get("title") ?? titleWithoutColumn(record, columns);
  if (!title) return null;
  sources.set("title", title);
  addSolicitationType(sources);
  const documents = documentsOf(record, columns);
  const codes = classificationsOf(record, columns);
  const converted = convertedValues(sources, reading);
  const opportunity: Opportunity = {
    title: title.value.slice(0, MAX_TITLE),
    ...plainValues(sources),
    ...converted.values,
    ...(documents.length > 0 ? { documents: documents.map(({ name, url, type }) => ({ name, url, type })) } : {}),
    ...(codes.length > 0 ? { classifications: codes.map(({ classification }) => classification) } : {}),
    detailUrl: sources.get("detailUrl")?.value ?? record.detail?.url ?? record.links[0],
    rawText: record.text,
    confidence: confidenceOf(sources, columns, record),
    extractedAt: capturedAt(sources, now).toISOString(),
  };
  return {
    opportunity,
    raw: Object.fromEntries([...sources].map(([field, { evidence }]) => [field, quotes(evidence)])),
    evidence: {
      ...Object.fromEntries([...sources].map(([field, { evidence }]) => [field, evidence.map(view)])),
      ...(documents.length > 0 ? { documents: documents.flatMap(({ evidence }) => evidence.map(view)) } : {}),
      ...(codes.length > 0 ? { classifications: codes.flatMap(({ evidence }) => evidence.map(view)) } : {}),
    },
    verification: record.status,
    recordId: record.id,
    unclear: converted.unclear,
    fieldConfidence: Object.fromEntries(
      [...sources].map(([field, { confidence }]) => [field, rounded(confidence * columns.recipeConfidence)]),
    ),
    closesAt: opportunity.closingDate === undefined ? null : momentOf(opportunity.closingDate, reading),
    detailFields: [...sources].flatMap(([field, { isFromDetail }]) => (isFromDetail ? [field] : [])),
    openedPage: record.detail !== null,
  };
}

/**
 * The list says it first; the record's own page fills what the list leaves out, and where both name the same day, the one
 * that adds the hour says more.
 */
function sourceOf(record: HarvestedRecord, columns: OpportunityColumns, field: string): Source | null {
  const listed = listedSource(record, columns, field);
  const detailed = detailedSource(record, columns, field);
  return listed && !(detailed && addsTheHour(listed.value, detailed.value)) ? listed : detailed;
}

function addsTheHour(day: string, time: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(day) && time.startsWith(`${day}T`) && !time.includes("/");
}

function listedSource(record: HarvestedRecord, columns: OpportunityColumns, field: string): Source | null {
  const listed = columns.list.get(field);
  const value = listed && record.fields[listed.name];
  if (!listed || !value) return null;
  return { value, evidence: evidenceIn(record, listed.name), confidence: listed.confidence, column: listed };
}

function detailedSource(record: HarvestedRecord, columns: OpportunityColumns, field: string): Source | null {
  const detailed = columns.detail.get(field);
  const detail = detailed && record.detail?.fields[detailed.name];
  const text = typeof detail === "string" ? detail : detail?.join(", ");
  if (!detailed || !text) return null;
  const evidence = record.detail?.evidence[detailed.name] ?? [];
  return { value: text, evidence, confidence: detailed.confidence, column: detailed, isFromDetail: true };
}

/** Where no column is called a title: the longest text of the record, else its reference, else nothing. */
function titleWithoutColumn(record: HarvestedRecord, columns: OpportunityColumns): Source | null {
  const texts = Object.entries(record.fields).filter(([name, value]) => value && columns.types.get(name) === "text");
  const [longest] = texts.sort(([, a], [, b]) => b.length - a.length);
  const reference = columns.list.get("referenceNumber")?.name;
  const name = longest?.[0] ?? reference;
  const value = name === undefined ? undefined : record.fields[name];
  return name && value ? { value, evidence: evidenceIn(record, name), confidence: 0.5 } : null;
}

/** "RFP-2024-0892" says that it is an RFP: the words that prove it are those of the reference, or of the title. */
function addSolicitationType(sources: Map<string, Source>): void {
  if (sources.has("opportunityType")) return;
  for (const field of ["referenceNumber", "title"]) {
    const source = sources.get(field);
    const value = source && solicitationTypeIn(source.value);
    if (source && value) return void sources.set("opportunityType", { ...source, value });
  }
}

function plainValues(sources: ReadonlyMap<string, Source>): Partial<Opportunity> {
  const values = PLAIN.flatMap((field) => {
    const value = sources.get(field)?.value;
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(values);
}

interface Converted {
  values: Partial<Opportunity>;
  unclear: Unclear[];
}

/** What is read with knowledge of the portal. What stays open is said, and has no value. */
function convertedValues(sources: ReadonlyMap<string, Source>, reading: Reading): Converted {
  const written = (field: string) => {
    const source = sources.get(field);
    return source && writtenIn(field, source);
  };
  const [posted, closing, modified] = (["postedDate", "closingDate", "lastModified"] as const).map((field) => {
    const known = written(field);
    return known && readMoment(known, reading, field === "closingDate" ? "last" : "first");
  });
  const money = written("estimatedValue");
  const amount = money && readAmount(money, reading);
  const status = sources.get("status");
  const { unclear: openAmount = [], ...amounts } = amount ?? {};
  return {
    values: {
      ...(posted?.value ? { postedDate: posted.value } : {}),
      ...(closing?.value ? { closingDate: closing.value } : {}),
      ...(modified?.value ? { lastModified: modified.value } : {}),
      ...(status ? { status: capitalised(status.value) } : {}),
      ...(money ? { estimatedValue: money.quote } : {}),
      ...amounts,
    },
    unclear: [posted, closing, modified].flatMap((each) => each?.unclear ?? []).concat(openAmount),
  };
}

/** The words of the page; where nothing but a normal form is left of them, that. */
function writtenIn(field: string, { value, evidence, column }: Source): Written {
  const quote = quotes(evidence) || value;
  return { field, value, quote, type: column?.type ?? "text", format: column?.format ?? {} };
}

/** A chain is as sure as its links: how well the recipe fits the page, and the columns the opportunity. */
function confidenceOf(
  sources: ReadonlyMap<string, Source>,
  columns: OpportunityColumns,
  record: HarvestedRecord,
): number {
  const each = [...sources.values()].map(({ confidence }) => confidence);
  const mean = each.reduce((sum, value) => sum + value, 0) / each.length;
  const confidence = mean * columns.recipeConfidence * (record.status === "verified" ? 1 : 0.5);
  return rounded(confidence);
}

function rounded(confidence: number): number {
  return Math.round(Math.min(1, Math.max(0, confidence)) * 1000) / 1000;
}

function evidenceIn(record: HarvestedRecord, name: string): readonly Evidence[] {
  const evidence = record.evidence[name];
  return evidence ? [evidence] : [];
}

function quotes(evidence: readonly Evidence[]): string {
  return evidence.map(({ quote }) => quote).join(", ");
}

function capturedAt(sources: ReadonlyMap<string, Source>, now: Date): Date {
  const times = [...sources.values()].flatMap(({ evidence }) => evidence.map((each) => each.capturedAt.getTime()));
  return times.length > 0 ? new Date(Math.max(...times)) : now;
}

function view({ capturedAt: at, ...place }: Evidence): OpportunityEvidence {
  return { ...place, capturedAt: at.toISOString() };
}

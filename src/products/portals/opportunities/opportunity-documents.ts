import type { Evidence, HarvestedRecord } from "#engines/harvest";
import type { OpportunityColumns } from "./opportunity-columns.ts";
import { documentTypeOf } from "./values/plain-values.ts";

/** A file that belongs to an opportunity. */
export interface FoundDocument {
  /** The words of its link; failing those, its file name; failing that, the column's name. */
  readonly name: string;
  readonly url: string;
  /** The ending of its name or address in capitals: `PDF`. */
  readonly type: string | undefined;
  readonly evidence: readonly Evidence[];
}

interface DocumentColumn {
  readonly column: string;
  readonly values: string | readonly string[] | undefined;
  readonly evidence: readonly Evidence[];
}

/** The documents that a record and its own page name, each address once. */
export function documentsOf(record: HarvestedRecord, columns: OpportunityColumns): FoundDocument[] {
  const listed = columns.listDocuments.map((column): DocumentColumn => {
    const evidence = record.evidence[column];
    return { column, values: record.fields[column], evidence: evidence ? [evidence] : [] };
  });
  const detailed = columns.detailDocuments.map((column): DocumentColumn => ({
    column,
    values: record.detail?.fields[column],
    evidence: record.detail?.evidence[column] ?? [],
  }));
  const words = linkWords(record);
  const found = new Map<string, FoundDocument>();
  for (const { column, values, evidence } of [...listed, ...detailed]) {
    const urls = typeof values === "string" ? [values] : (values ?? []);
    urls.forEach((url, at) => {
      const own = urls.length === 1 ? evidence : evidence.slice(at, at + 1);
      const name = own.map((each) => nameOf(each, words)).find(Boolean) ?? fileName(url) ?? column;
      if (!found.has(url)) found.set(url, { name, url, type: documentTypeOf(name, url), evidence: own });
    });
  }
  return [...found.values()];
}

/** What other columns read as the text of an element, by its place: the words of a link stand where its address does. */
function linkWords(record: HarvestedRecord): Map<string, string> {
  const words = new Map<string, string>();
  for (const evidence of [...Object.values(record.evidence), ...Object.values(record.detail?.evidence ?? {}).flat()]) {
    const place = placeOf(evidence);
    const isText = evidence.attribute === undefined && evidence.range === undefined && evidence.quote.trim() !== "";
    if (isText && !words.has(place)) words.set(place, evidence.quote);
  }
  return words;
}

function nameOf(address: Evidence, words: ReadonlyMap<string, string>): string | undefined {
  return address.attribute === undefined ? undefined : words.get(placeOf(address));
}

function placeOf({ artifact, path }: Evidence): string {
  return `${artifact} ${path}`;
}

function fileName(url: string): string | null {
  const last = URL.parse(url)?.pathname.split("/").at(-1) ?? "";
  if (!/\.[a-z\d]{2,5}$/i.test(last)) return null;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

import { learnDetail, type DetailRecipe, type ExtractedRecord, type Page } from "#engines/extraction";
import { AppError } from "#kernel";
import type { LearnRequest } from "../harvest-request.ts";
import { parseFetched } from "../records/read-page.ts";
import type { PageSource } from "../sources/page-source.ts";
import { detailLinks } from "./detail-links.ts";

const PAGES_TO_LEARN_FROM = 3;

export interface LearnedDetail {
  readonly recipe: DetailRecipe | null;
  readonly notes: readonly string[];
}

/** Learns the page behind a record from two or three of them: what differs between them is a value. */
export async function learnDetails(
  { records, listUrl, column }: { records: readonly ExtractedRecord[]; listUrl: string; column?: string | undefined },
  source: PageSource,
  { wish, embedded, signal }: Pick<LearnRequest, "wish" | "embedded" | "signal">,
): Promise<LearnedDetail> {
  const links = detailLinks(records, listUrl, column).filter((link) => link !== null);
  if (links.length === 0) return { recipe: null, notes: ["The records have no pages of their own: no details."] };
  const pages: Page[] = [];
  const notes: string[] = [];
  for (const url of spread(links, PAGES_TO_LEARN_FROM)) {
    try {
      const step = { kind: "link", url, role: "submit", label: "" } as const;
      const fetched = await source.take(step, { referer: listUrl, ...(signal ? { signal } : {}) });
      if (fetched.status < 400) pages.push(parseFetched(fetched));
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      notes.push(`A detail page could not be read: ${error.message}`);
    }
  }
  if (pages.length === 0) return { recipe: null, notes };
  const isListed = (field: string): boolean => records.some(({ fields }) => fields[field] !== undefined);
  const recipe = learnDetail(pages, {
    ...(wish ? { wish } : {}),
    ...(embedded === undefined ? {} : { embedded }),
    onNote: (field, note) => void (isListed(field) || notes.push(`Pages of the records: ${note}`)),
  });
  const linked = column === undefined ? recipe : { ...recipe, link: column };
  return { recipe: recipe.fields.length > 0 ? linked : null, notes };
}

/** First, middle and last: neighbours are often alike. */
function spread<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, nth) => items[Math.round((nth * (items.length - 1)) / (count - 1))]).filter(
    (item) => item !== undefined,
  );
}

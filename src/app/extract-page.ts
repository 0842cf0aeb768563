import {
  applyDetail,
  applyRecipe,
  findForms,
  findPagination,
  learnDetail,
  learnPage,
  parsePage,
  type DetailFields,
  type DetailRecipe,
  type FoundForm,
  type PageKind,
  type PageSource,
  type Pagination,
  type Recipe,
  type Wish,
} from "#engines/extraction";

/** What one page taught: how to read its list, and how to read it as the page of a single thing. */
export interface LearntPage {
  readonly recipe: Recipe | null;
  readonly detail: DetailRecipe | null;
}

export interface PlainRecord {
  text: string;
  links: string[];
  fields: Record<string, string>;
}

/** A page as plain data, for files and for programs that need no evidence. */
export interface ExtractedPage {
  kind: PageKind;
  records: PlainRecord[];
  next: { href: string } | null;
  forms: { type: FoundForm["type"]; confidence: number }[];
  detail: Record<string, string | string[]>;
  /** 0 to 1; how sure the analyser is of the list. 1 when a recipe was given. */
  confidence: number;
}

export interface ReadOptions {
  /** False leaves JSON-LD, microdata and script state aside. Default true. */
  readonly embedded?: boolean;
  readonly wish?: Wish;
}

/** Learns a page and reads it. Throws what `parsePage` throws. */
export function learnAndRead(
  source: PageSource,
  options: ReadOptions = {},
): { learnt: LearntPage; result: ExtractedPage } {
  const page = parsePage(source);
  const learned = learnPage(page, options);
  const detail = learnDetail([page], options);
  const result: ExtractedPage = {
    kind: learned.kind,
    records: (learned.extraction?.records ?? []).map(plainRecord),
    next: nextOf(learned.pagination),
    forms: learned.forms.map(plainForm),
    detail: plainDetail(applyDetail(detail, page, options)),
    confidence: learned.confidence,
  };
  return { learnt: { recipe: learned.recipe, detail }, result };
}

/** Reads a page with what another one taught, unchanged. */
export function readWith(learnt: LearntPage, source: PageSource, options: ReadOptions = {}): ExtractedPage {
  const page = parsePage(source);
  const records = learnt.recipe === null ? [] : applyRecipe(learnt.recipe, page, options).records.map(plainRecord);
  return {
    kind: records.length > 0 ? "list" : "detail",
    records,
    next: nextOf(findPagination(page)),
    forms: findForms(page).map(plainForm),
    detail: learnt.detail === null ? {} : plainDetail(applyDetail(learnt.detail, page, options)),
    confidence: 1,
  };
}

function plainRecord(record: ReturnType<typeof applyRecipe>["records"][number]): PlainRecord {
  const fields = Object.entries(record.fields).map(([name, { value }]) => [name, value] as const);
  return { text: record.text, links: [...record.links], fields: Object.fromEntries(fields) };
}

function plainForm({ type, confidence }: FoundForm): ExtractedPage["forms"][number] {
  return { type, confidence };
}

function plainDetail(fields: DetailFields): ExtractedPage["detail"] {
  const plain = Object.entries(fields).map(([name, found]) => [
    name,
    Array.isArray(found) ? found.map(({ value }) => value) : found.value,
  ]);
  return Object.fromEntries(plain);
}

/** A control that only a script understands has an address too: the one its pager wrote into the page. */
function nextOf({ next, links }: Pagination): { href: string } | null {
  if (next === null) return null;
  if (next.kind === "link") return { href: next.url };
  const written = links.find(({ role }) => role === "next")?.href;
  if (written !== undefined) return { href: written };
  return next.kind === "form" ? { href: next.url } : null;
}

import type { ExtractedRecord } from "#engines/extraction";

const DOCUMENT = /\.(pdf|docx?|xlsx?|pptx?|zip|rtf|odt|ods|csv|txt|jpe?g|png|gif|mp[34]|ics)$/i;

type Linked = Pick<ExtractedRecord, "links"> & {
  readonly fields: Readonly<Record<string, { readonly value: string }>>;
};

/**
 * The address of each record's own page: the first link that no other record of the page has, that stays on the site
 * and is no document. With a column, what stands in it. Null for a record without one.
 */
export function detailLinks(records: readonly Linked[], listUrl: string, column?: string): (string | null)[] {
  if (column !== undefined)
    return records.map(({ fields }) => {
      const link = fields[column]?.value ?? "";
      return isOwnPage(link, listUrl) ? link : null;
    });
  const uses = new Map<string, number>();
  for (const { links } of records) for (const link of new Set(links)) uses.set(link, (uses.get(link) ?? 0) + 1);
  return records.map(({ links }) => links.find((link) => uses.get(link) === 1 && isOwnPage(link, listUrl)) ?? null);
}

function isOwnPage(link: string, listUrl: string): boolean {
  const url = URL.parse(link);
  if (!url || !/^https?:$/.test(url.protocol) || DOCUMENT.test(url.pathname)) return false;
  const list = URL.parse(listUrl);
  if (!list) return true;
  return sameSite(url.hostname, list.hostname) && !samePage(url, list);
}

function sameSite(a: string, b: string): boolean {
  const site = (host: string): string => host.split(".").slice(-2).join(".");
  return a === b || (/[a-z]/i.test(a) && site(a) === site(b));
}

function samePage(a: URL, b: URL): boolean {
  return a.pathname === b.pathname && a.search === b.search;
}

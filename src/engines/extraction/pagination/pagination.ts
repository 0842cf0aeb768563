import type { DataBody, DataHeaders } from "../endpoint/data-request.ts";

/**
 * What a step leads to. `all` may bring the whole list, or larger pages of it; `consent` accepts a notice that stands
 * before the content; `submit` sends any other form.
 */
export type StepRole = "next" | "prev" | "page" | "first" | "last" | "more" | "all" | "consent" | "submit";

/** An address to ask for. */
export interface LinkStep {
  readonly kind: "link";
  /** Absolute when the page's address is known, else as written. */
  readonly url: string;
  readonly role: StepRole;
  readonly label: string;
  /** The page number that the step leads to, where the page tells it. */
  readonly page?: number;
}

/** A form to send, as a browser would: every successful control in document order. */
export interface FormStep {
  readonly kind: "form";
  /** Where to send it. For GET the fields become the query, replacing the one of `url`. */
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly role: StepRole;
  readonly label: string;
  readonly page?: number;
}

/** A control that only a script understands: needs a browser. */
export interface ClickStep {
  readonly kind: "click";
  readonly selector: string;
  readonly role: StepRole;
  readonly label: string;
  readonly page?: number;
}

/** More records come when the end of the page is scrolled into view: needs a browser. */
export interface ScrollStep {
  readonly kind: "scroll";
  readonly role: "more";
}

/** What the script of a page would ask for: the answer is data. */
export interface RequestStep {
  readonly kind: "request";
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: DataHeaders;
  /** What is posted. */
  readonly body?: DataBody;
  readonly role: StepRole;
  readonly label: string;
  readonly page?: number;
}

/** What the controls of a page do. */
export type PageStep = LinkStep | FormStep | ClickStep | ScrollStep;

/** What leads on from an answer: a control of the page, or, where it is data, another question. */
export type OnwardStep = PageStep | RequestStep;

export type PaginationKind =
  "next-link" | "numbered" | "offset" | "postback" | "load-more" | "infinite-scroll" | "none";

/** What a page says about the size of the list it belongs to, in its own words. */
export interface DeclaredTotal {
  /** Records of the whole list: 412 in "1–20 of 412". */
  readonly total?: number;
  readonly from?: number;
  readonly to?: number;
  /** Number of this page, from 1. */
  readonly page?: number;
  readonly pages?: number;
  /** The words as they stand in the page, whitespace collapsed. */
  readonly quote: string;
  /** Path of the innermost element that holds the quote. */
  readonly path: string;
}

/** One control that belongs to a pager. */
export interface PagerLink {
  /** Position among all controls (links, buttons) of the page, from 0. */
  readonly index: number;
  readonly href: string;
  readonly role: StepRole;
  /** 0 to 1. */
  readonly score: number;
  readonly path: string;
}

/** Addresses of numbered pages: `{n}` in the template stands for `first + (page - 1) * step`. */
export interface PageAddresses {
  readonly template: string;
  readonly first: number;
  readonly step: number;
}

export interface Pagination {
  readonly kind: PaginationKind;
  /** Where a control says that it leads on. A page that has numbers only has none: see `pages`. */
  readonly next: PageStep | null;
  readonly previous: PageStep | null;
  /** "Older entries": where a chronological list goes on, although its pager may call it "previous". */
  readonly older: PageStep | null;
  /** Steps to numbered pages, first and last, in document order, without the current one. */
  readonly pages: readonly PageStep[];
  /** "Load more" or infinite scroll. */
  readonly more: PageStep | null;
  /** Where a control may lead on, though too little speaks for it to rely on it. */
  readonly unsure: PageStep | null;
  readonly declared: DeclaredTotal | null;
  /** Number of the page that is shown, from 1, where its pager marks it. */
  readonly current: number | null;
  readonly addresses: PageAddresses | null;
  readonly links: readonly PagerLink[];
}

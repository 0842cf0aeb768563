import type { Portal } from "../../api/resources.ts";
import type { PortalChange } from "../portal-actions.ts";

type Configuration = Portal["configuration"];
type Documents = NonNullable<Configuration["documents"]>;
type Pattern = NonNullable<Configuration["navigationPattern"]>;
type Inputs = NonNullable<Configuration["inputs"]>;
type DateOrder = NonNullable<NonNullable<Configuration["reading"]>["dateOrder"]>;

/** Yes, no, or as Gleaner finds best. */
export type Choice = "auto" | "yes" | "no";
/** A number as somebody writes it; empty: as Gleaner does by itself. */
export type Written = number | string;

/** Every setting of a portal as somebody writes it in the form. An empty field says nothing. */
export interface PortalDraft {
  name: string;
  url: string;
  state: string;
  capital: string;
  watched: boolean;
  schedule: string;
  timezone: string;
  pattern: Pattern | "auto";
  maxPages: Written;
  rateLimit: Written;
  details: Choice;
  signIn: Choice;
  listSelector: string;
  nextSelector: string;
  detailSelector: string;
  instructions: string;
  /** What the search form is asked, `name = value` on each line. */
  inputs: string;
  /** As they were: what a line does not say of an input stays. */
  knownInputs: Inputs | undefined;
  ignoresRobots: boolean;
  robotsReason: string;
  zoneOfDates: string;
  dateOrder: DateOrder | "auto";
  currency: string;
  /** In percent. */
  reviewBelow: Written;
  download: boolean;
  documentMegabytes: Written;
  documentsPerJob: Written;
  recheckDays: Written;
  /** Empty: every kind that can be read. */
  documentKinds: NonNullable<Documents["types"]>;
}

const MEGABYTE = 1024 * 1024;

export function draftOf(portal: Portal): PortalDraft {
  return {
    ...{ name: portal.name, url: portal.url, state: portal.state ?? "", capital: portal.capital ?? "" },
    ...{ watched: portal.watched, schedule: portal.schedule ?? "", timezone: portal.timezone },
    ...{ ignoresRobots: portal.robots === "ignore", robotsReason: portal.robotsReason ?? "" },
    ...listDraftOf(portal.configuration),
    ...valueDraftOf(portal.configuration),
    ...documentDraftOf(portal.configuration),
  };
}

function listDraftOf(configuration: Configuration) {
  const { navigationHints: hints = {} } = configuration;
  return {
    pattern: configuration.navigationPattern ?? ("auto" as const),
    maxPages: configuration.maxPages ?? "",
    rateLimit: configuration.rateLimit ?? "",
    details: choiceOf(configuration.details),
    signIn: choiceOf(configuration.requiresAuth),
    listSelector: hints.opportunityListSelector ?? "",
    nextSelector: hints.nextButtonSelector ?? "",
    detailSelector: hints.detailLinkSelector ?? "",
    instructions: configuration.customInstructions ?? "",
    inputs: (configuration.inputs ?? []).map(({ name, value }) => `${name} = ${value}`).join("\n"),
    knownInputs: configuration.inputs,
  };
}

function valueDraftOf({ reading = {}, reviewBelow }: Configuration) {
  return {
    zoneOfDates: reading.timezone ?? "",
    dateOrder: reading.dateOrder ?? ("auto" as const),
    currency: reading.currency ?? "",
    reviewBelow: reviewBelow === undefined ? "" : Math.round(reviewBelow * 100),
  };
}

function documentDraftOf({ documents }: Configuration) {
  return {
    download: documents?.download ?? false,
    documentMegabytes: documents?.maxBytes === undefined ? "" : documents.maxBytes / MEGABYTE,
    documentsPerJob: documents?.maxPerJob ?? "",
    recheckDays: documents?.recheckDays ?? "",
    documentKinds: documents?.types ?? [],
  };
}

/** A draft upon settings that somebody else has changed meanwhile: what its writer changed stays, the rest is as it is now. */
export function rebased(draft: PortalDraft, { from, onto }: { from: PortalDraft; onto: PortalDraft }): PortalDraft {
  return Object.assign({ ...onto }, Object.fromEntries(differencesOf(from, draft)));
}

/** What two people wrote differently: the field, and what the other one wrote. */
export function disputed(draft: PortalDraft, { from, onto }: { from: PortalDraft; onto: PortalDraft }) {
  const mine = new Map(differencesOf(from, draft));
  return differencesOf(from, onto).filter(([name, theirs]) => mine.has(name) && !isSame(mine.get(name), theirs));
}

function differencesOf(before: PortalDraft, after: PortalDraft): [name: string, value: unknown][] {
  const known = new Map(Object.entries(before));
  return Object.entries(after).filter(([name, value]) => !isSame(known.get(name), value));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What the API is told: the configuration as a whole, because what is left out of it is as nobody had said it. */
export function changeOf(draft: PortalDraft): PortalChange {
  return {
    ...{ name: draft.name.trim(), url: draft.url.trim(), state: orNull(draft.state), capital: orNull(draft.capital) },
    ...{ watched: draft.watched, schedule: orNull(draft.schedule), timezone: draft.timezone.trim() },
    robots: draft.ignoresRobots ? "ignore" : "respect",
    robotsReason: draft.ignoresRobots ? orNull(draft.robotsReason) : null,
    configuration: said({
      navigationPattern: draft.pattern === "auto" ? undefined : draft.pattern,
      maxPages: numberOf(draft.maxPages),
      rateLimit: numberOf(draft.rateLimit),
      details: booleanOf(draft.details),
      requiresAuth: booleanOf(draft.signIn),
      customInstructions: textOf(draft.instructions),
      inputs: inputsOf(draft),
      navigationHints: unlessEmpty(
        said({
          opportunityListSelector: textOf(draft.listSelector),
          nextButtonSelector: textOf(draft.nextSelector),
          detailLinkSelector: textOf(draft.detailSelector),
        }),
      ),
      reading: unlessEmpty(
        said({
          timezone: textOf(draft.zoneOfDates),
          dateOrder: draft.dateOrder === "auto" ? undefined : draft.dateOrder,
          currency: textOf(draft.currency)?.toUpperCase(),
        }),
      ),
      reviewBelow: typeof draft.reviewBelow === "number" ? draft.reviewBelow / 100 : undefined,
      documents: documentsOf(draft),
    }),
  };
}

/** Nothing, where nobody has ever wanted anything asked; where somebody wants that no longer, none. */
function inputsOf({ inputs, knownInputs }: PortalDraft): Inputs | undefined {
  const lines = inputs.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) return knownInputs && [];
  return lines.map((line) => {
    const at = line.includes("=") ? line.indexOf("=") : line.length;
    const name = line.slice(0, at).trim();
    const known = knownInputs?.find((input) => input.name === name);
    return { ...known, name, value: line.slice(at + 1).trim() };
  });
}

/** Nothing, where nobody has ever wanted the files. */
function documentsOf(draft: PortalDraft): Documents | undefined {
  const megabytes = numberOf(draft.documentMegabytes);
  const limits = said({
    maxBytes: megabytes === undefined ? undefined : Math.round(megabytes * MEGABYTE),
    maxPerJob: numberOf(draft.documentsPerJob),
    recheckDays: numberOf(draft.recheckDays),
    types: draft.documentKinds.length === 0 ? undefined : draft.documentKinds,
  });
  return draft.download || Object.keys(limits).length > 0 ? { download: draft.download, ...limits } : undefined;
}

type Said<Value> = { [Name in keyof Value]?: Exclude<Value[Name], undefined> };

/** Without what is undefined: the API takes a name only with a value. */
function said<Value extends object>(value: Value): Said<Value> {
  const kept: Said<Value> = {};
  return Object.assign(kept, Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)));
}

/** A part of which nothing is said is left out itself. */
function unlessEmpty<Value extends object>(value: Value): Value | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

function choiceOf(value: boolean | undefined): Choice {
  return value === undefined ? "auto" : value ? "yes" : "no";
}

function booleanOf(choice: Choice): boolean | undefined {
  return choice === "auto" ? undefined : choice === "yes";
}

function numberOf(written: Written): number | undefined {
  return typeof written === "number" ? written : undefined;
}

function textOf(text: string): string | undefined {
  return text.trim() === "" ? undefined : text.trim();
}

function orNull(text: string): string | null {
  return textOf(text) ?? null;
}

import { sha256Hex } from "#kernel";
import { statusOf } from "#engines/extraction";
import { isCurrency } from "../values/currency.ts";
import { wordsOf } from "../search/fold-words.ts";
import { effective, type Opportunity, type StoredOpportunity } from "../opportunity.ts";

/** Who publishes, and the prefix that the Open Contracting Partnership gave them. */
export interface OcdsPublisher {
  /** Before every ocid: `ocds-a1b2c3`. */
  prefix: string;
  name: string;
}

/** JSON of the Open Contracting Data Standard, version 1.1.5. */
export type OcdsRelease = Record<string, unknown>;

const STATUS: Readonly<Record<string, string>> = {
  ...{ open: "active", upcoming: "planned", closed: "complete", awarded: "complete", cancelled: "cancelled" },
};
/** Currencies that came after the closed list of version 1.1.5. */
const NEWER_THAN_OCDS = new Set(["SLE", "XCG", "ZWG"]);
const FORMATS: Readonly<Record<string, string>> = {
  PDF: "application/pdf",
  DOC: "application/msword",
  DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  XLS: "application/vnd.ms-excel",
  XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  ZIP: "application/zip",
  CSV: "text/csv",
  XML: "application/xml",
  TXT: "text/plain",
  HTML: "text/html",
};

/**
 * An opportunity as a release: what is known of the tender now, corrections of people included. What the page does not say is
 * left out, and so is a time whose zone nobody knows: the standard has no way to write one.
 */
export function releaseOf(stored: StoredOpportunity, { prefix }: OcdsPublisher): OcdsRelease {
  const opportunity = effective(stored);
  const ocid = `${prefix}-${stored.id}`;
  const date = latest(stored.changedAt, stored.review.at).toISOString();
  const buyer = buyerOf(opportunity);
  return {
    ocid,
    id: `${ocid}-${date}`,
    date,
    tag: [tagOf(stored, opportunity)],
    initiationType: "tender",
    ...(buyer ? { parties: [partyOf(buyer, opportunity)], buyer } : {}),
    tender: tenderOf(stored, opportunity),
  };
}

function tenderOf(stored: StoredOpportunity, opportunity: Opportunity): OcdsRelease {
  const { title, description, opportunityType, referenceNumber, externalId, classifications = [] } = opportunity;
  const endDate = momentFor(opportunity.closingDate, "end", stored.closesAt);
  const status = STATUS[statusOf(opportunity.status ?? "") ?? ""];
  const documents = documentsOf(opportunity);
  const category = categoryOf(opportunity);
  return {
    id: [referenceNumber, externalId].find((each) => each !== undefined && each.trim() !== "") ?? stored.id,
    title,
    ...(description === undefined ? {} : { description }),
    ...(status === undefined ? {} : { status }),
    ...valuesOf(opportunity),
    ...(opportunityType === undefined ? {} : { procurementMethodDetails: opportunityType }),
    ...(category === null ? {} : { mainProcurementCategory: category }),
    ...(endDate === null ? {} : { tenderPeriod: { endDate } }),
    ...(classifications.length === 0 ? {} : { items: [itemOf(classifications)] }),
    ...(documents.length === 0 ? {} : { documents }),
  };
}

function tagOf({ changedAt, firstSeenAt }: StoredOpportunity, { status }: Opportunity): string {
  if (statusOf(status ?? "") === "cancelled") return "tenderCancellation";
  return changedAt > firstSeenAt ? "tenderUpdate" : "tender";
}

interface Reference {
  id: string;
  name: string;
}

/** A buyer has no number on a page: the same name, however it is written, is the same id. */
function buyerOf({ agency, department }: Opportunity): Reference | null {
  const name = agency ?? department;
  if (name === undefined || name.trim() === "") return null;
  const words = wordsOf(name).map(({ folded }) => folded);
  return { id: `name-${sha256Hex(words.join(" ")).slice(0, 16)}`, name };
}

function partyOf(buyer: Reference, { contactName, contactEmail, contactPhone }: Opportunity): OcdsRelease {
  const contactPoint = {
    ...(contactName === undefined ? {} : { name: contactName }),
    ...(contactEmail === undefined ? {} : { email: contactEmail }),
    ...(contactPhone === undefined ? {} : { telephone: contactPhone }),
  };
  const hasContact = Object.keys(contactPoint).length > 0;
  return { ...buyer, roles: ["buyer"], ...(hasContact ? { contactPoint } : {}) };
}

/** The upper end is the value, the lower one beside it. An amount whose currency is open has none. */
function valuesOf({ valueMin, valueMax, currency }: Opportunity): OcdsRelease {
  const known = currency !== undefined && isCurrency(currency) && !NEWER_THAN_OCDS.has(currency) ? { currency } : {};
  const money = (amount: number) => ({ amount, ...known });
  return {
    ...(valueMax === undefined ? {} : { value: money(valueMax) }),
    ...(valueMin === undefined || valueMin === valueMax ? {} : { minValue: money(valueMin) }),
  };
}

type Codes = NonNullable<Opportunity["classifications"]>;

function itemOf([first, ...others]: Codes): OcdsRelease {
  const code = (each: Codes[number] | undefined) => each && { ...each };
  return {
    id: "1",
    ...(first?.description === undefined ? {} : { description: first.description }),
    classification: code(first),
    ...(others.length === 0 ? {} : { additionalClassifications: others.map(code) }),
  };
}

/** Divisions of the CPV are goods up to 44 and 48, works 45, services from 50 on. */
function categoryOf({ classifications = [] }: Opportunity): string | null {
  const kinds = new Set(
    classifications
      .filter(({ scheme }) => scheme === "CPV")
      .map(({ id }) => {
        const division = Number(id.slice(0, 2));
        return division === 45 ? "works" : division >= 50 ? "services" : "goods";
      }),
  );
  return kinds.size === 1 ? ([...kinds][0] ?? null) : null;
}

/** The notice itself, then what is attached. */
function documentsOf({ detailUrl, postedDate, documents = [] }: Opportunity): OcdsRelease[] {
  const url = addressOf(detailUrl);
  const datePublished = momentFor(postedDate, "start", null);
  const notice =
    url === null
      ? []
      : [{ id: "notice", documentType: "tenderNotice", url, ...(datePublished === null ? {} : { datePublished }) }];
  const attached = documents.map(({ name, url: at, type }, number) => {
    const [address, format] = [addressOf(at), FORMATS[type ?? ""]];
    return {
      id: `document-${number + 1}`,
      title: name,
      ...(address === null ? {} : { url: address }),
      ...(format === undefined ? {} : { format }),
    };
  });
  return [...notice, ...attached];
}

/**
 * RFC 3339. A day stands for its beginning or its end, as the standard has it for days without an hour; an hour without a zone
 * is none.
 */
function momentFor(date: string | undefined, end: "start" | "end", known: Date | null): string | null {
  if (known !== null) return known.toISOString();
  if (date === undefined) return null;
  if (/^\d{4}-\d\d-\d\d$/.test(date)) return `${date}T${end === "start" ? "00:00:00" : "23:59:59"}Z`;
  if (!/T.*(Z|[+-]\d\d:\d\d)$/.test(date)) return null;
  const moment = new Date(date);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

function addressOf(url: string | undefined): string | null {
  const address = url === undefined ? null : URL.parse(url);
  return address && /^https?:$/.test(address.protocol) ? address.href : null;
}

function latest(a: Date, b: Date | null): Date {
  return b !== null && b > a ? b : a;
}

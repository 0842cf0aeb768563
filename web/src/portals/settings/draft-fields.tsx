import type { FieldProblems } from "../../api/field-problems.ts";
import type { PortalDraft } from "./portal-draft.ts";

/** What every part of the form gets. */
export interface PartProps {
  draft: PortalDraft;
  problems: FieldProblems;
  onChange: (said: Partial<PortalDraft>) => void;
}

/** Where each field stands in what the API is told. */
export const PLACES = {
  name: "name",
  url: "url",
  state: "state",
  capital: "capital",
  schedule: "schedule",
  timezone: "timezone",
  maxPages: "configuration/maxPages",
  rateLimit: "configuration/rateLimit",
  listSelector: "configuration/navigationHints/opportunityListSelector",
  nextSelector: "configuration/navigationHints/nextButtonSelector",
  detailSelector: "configuration/navigationHints/detailLinkSelector",
  instructions: "configuration/customInstructions",
  inputs: "configuration/inputs",
  robotsReason: "robotsReason",
  zoneOfDates: "configuration/reading/timezone",
  currency: "configuration/reading/currency",
  reviewBelow: "configuration/reviewBelow",
  documentMegabytes: "configuration/documents/maxBytes",
  documentsPerJob: "configuration/documents/maxPerJob",
  recheckDays: "configuration/documents/recheckDays",
} as const satisfies Partial<Record<keyof PortalDraft, string>>;

type TextName = {
  [Name in keyof typeof PLACES]: PortalDraft[Name] extends string ? Name : never;
}[keyof typeof PLACES];
type NumberName = Exclude<keyof typeof PLACES, TextName>;

/** Ties a text field to the draft, with what the API has against it. */
export function textField({ draft, problems, onChange }: PartProps, name: TextName) {
  return {
    value: draft[name],
    error: problems.get(PLACES[name]),
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => onChange({ [name]: value }),
  };
}

export function numberField({ draft, problems, onChange }: PartProps, name: NumberName) {
  return {
    value: draft[name],
    error: problems.get(PLACES[name]),
    onChange: (value: number | string) => onChange({ [name]: value }),
  };
}

import type { Recognised } from "../recognised.ts";

const LABEL =
  /\b(?:ref(?:erence|erenz|erencia|érence)?|n(?:umber|um|umero|úmero|uméro|ummer|r|o|º|°)|id|identifier|docket|case|file|application|notice|solicitation|tender|bid|rfp|rfq|code|kenmerk|aktenzeichen|az|expediente|dossier|diarienr)\b/iu;
const PREFIX = /^[\p{L}\s.]{0,30}?(?:#|№|\b(?:nos?|nr|n°|nº|ref|id|number|reference)\b)[.:\s]*/iu;
const CODE = /^[\p{L}\d]{1,20}(?:(?:[-./_:#&+]|\s(?=[\p{L}\d]*\d)|\/\s?)[\p{L}\d()]{1,20}){0,7}$/u;

/** An ISO 8601 duration such as PT1H30M looks like a code and is none. */
const DURATION = /^P(?:\d+[YMWD])*(?:T(?:\d+(?:\.\d+)?[HMS])+)?$/;

/** A reference number: one short run of digits mixed with letters or marks ("RFP-2024-001", "23-cv-0123", "2024/S 12-34"). */
export function readReference(text: string, label: string | undefined): Recognised | null {
  if (text.length > 60 || !/\d/.test(text)) return null;
  const prefix = PREFIX.exec(text)?.[0].length ?? 0;
  const raw = text.slice(prefix).trim();
  if (DURATION.test(raw)) return null;
  if (raw === "" || raw.length > 40 || !CODE.test(raw)) return null;
  const isLabelled = isNumberLabel(text.slice(0, prefix)) || LABEL.test(label ?? "");
  const confidence = strength(raw, isLabelled);
  if (confidence === 0) return null;
  const start = text.indexOf(raw, prefix);
  return { type: "reference", value: raw, raw, range: [start, start + raw.length], from: "text", confidence };
}

/** "Case No." and "Permit no." announce a number; "Road repairs no." is a title with a number in it. */
function isNumberLabel(lead: string): boolean {
  if (lead === "") return false;
  const words = lead.match(/\p{L}+/gu) ?? [];
  return words.filter((word) => !LABEL.test(word)).length <= 1;
}

function strength(raw: string, isLabelled: boolean): number {
  const digits = raw.replace(/\D/g, "").length;
  if (/^\d+$/.test(raw)) return isLabelled || (digits >= 6 && digits <= 14) ? (isLabelled ? 0.8 : 0.55) : 0;
  if (/^[\d.,\s]+$/.test(raw)) return 0;
  const words = raw.match(/\p{L}{3,}/gu) ?? [];
  const isSpaced = raw.includes(" ");
  if (isSpaced && words.some((word) => word !== word.toUpperCase())) return 0;
  if (digits < 2) return isLabelled && digits === 1 ? 0.6 : 0;
  if (!isLabelled && raw.split(/[^\p{L}]+/u).filter((word) => /^\p{Ll}{3,}$/u.test(word)).length > 1) return 0;
  if (isSpaced) return isLabelled ? 0.7 : 0.5;
  return isLabelled ? 0.9 : 0.75;
}

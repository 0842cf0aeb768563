import { recordStands, verifyEvidence, type FieldType, type Page, type ValueFormat } from "#engines/extraction";
import type { StoredDetail, StoredRecord, StoredValue } from "../records/stored-records.ts";
import type { FailureList } from "./failure-list.ts";
import type { Falsehood } from "./verify-report.ts";

/** What a value of this name is, as the recipe says. */
interface Rule {
  readonly name: string;
  readonly type: FieldType;
  readonly format?: ValueFormat | undefined;
}

export interface Checks {
  /** What does not hold. */
  readonly list: FailureList;
  /** What another program reads differently, though its evidence holds. */
  readonly differing: FailureList;
  /** The program that made the run looks now: it must read what was stored. */
  readonly isSameProgram: boolean;
}

interface RecordCheck {
  readonly id: string;
  readonly page: Page;
  readonly record: StoredRecord;
  readonly again: StoredRecord | null;
  readonly rules: readonly Rule[];
}

/** Checks one record against its page, and against what the page gives when it is read again. */
export function checkStored(checks: Checks, { id, page, record, again, rules }: RecordCheck): void {
  const { text, links, path, fields } = record;
  for (const [name, value] of Object.entries(fields))
    checkValue(checks, { id, name, page, value, again: again?.fields[name] ?? null, rules });
  const isSame = again !== null && again.text === text && again.links.join("\n") === links.join("\n");
  if (isSame) {
    for (const name of Object.keys(again.fields))
      if (!(name in fields))
        differs(checks, id, name, "value_altered", "The stored page gives a value that the record lacks.");
    return;
  }
  const values = Object.values(fields).map(({ value }) => value);
  const isOnPage = !checks.isSameProgram && recordStands(page, { path, text, links, values });
  const [reason, message]: [Falsehood, string] =
    again === null
      ? ["record_not_found", "The stored page gives no such record."]
      : ["record_altered", "Text or links of the record are not those of the stored page."];
  if (isOnPage) checks.differing.add(id, "", "reread_differs", message);
  else checks.list.add(id, "", reason, message);
}

/** Checks the values that the page of a single record gave. */
export function checkDetail(
  checks: Checks,
  {
    id,
    page,
    stored,
    again,
    rules,
  }: Omit<RecordCheck, "record" | "again"> & { stored: StoredDetail; again: StoredDetail },
): void {
  for (const [name, { values }] of Object.entries(stored.fields)) {
    for (const [at, value] of values.entries())
      checkValue(checks, { id, name, page, value, again: again.fields[name]?.values[at] ?? null, rules });
    if ((again.fields[name]?.values.length ?? 0) > values.length)
      differs(checks, id, name, "value_altered", "The stored page gives more values than the record has.");
  }
  for (const name of Object.keys(again.fields))
    if (!(name in stored.fields))
      differs(checks, id, name, "value_altered", "The stored page gives a value that the record lacks.");
}

interface ValueCheck extends Pick<RecordCheck, "id" | "page" | "rules"> {
  readonly name: string;
  readonly value: StoredValue;
  readonly again: StoredValue | null;
}

function checkValue(checks: Checks, { id, name, page, value, again, rules }: ValueCheck): void {
  const { list } = checks;
  list.checked += 1;
  const { quote: raw, path, attribute, range } = value;
  const place = { ...(attribute === undefined ? {} : { attribute }), ...(range === undefined ? {} : { range }) };
  const quoted = verifyEvidence({ page, value: { raw, path, ...place } });
  if (!quoted.ok) return list.add(id, name, "quote_not_found", quoted.reason);
  const rule = rules.find((one) => one.name === name);
  if (!rule) return list.add(id, name, "value_without_evidence", "The recipe has no such field: the value was added.");
  if (again && again.value === value.value && again.quote === raw) return;
  const { type, format = {} } = rule;
  const follows = verifyEvidence({ page, value: { raw, path, ...place, value: value.value, type, format } });
  if (!follows.ok) return list.add(id, name, "value_altered", follows.reason);
  if (again) differs(checks, id, name, "value_altered", "The value is not the one that the stored page gives.");
  else differs(checks, id, name, "value_without_evidence", "The stored page gives no such value.");
}

/** The evidence holds, but the page reads differently: the stored data was altered, or the program is another one. */
function differs(
  { list, differing, isSameProgram }: Checks,
  id: string,
  name: string,
  reason: Falsehood,
  message: string,
): void {
  if (isSameProgram) list.add(id, name, reason, message);
  else differing.add(id, name, "reread_differs", message);
}

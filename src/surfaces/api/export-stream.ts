import { Readable } from "node:stream";
import { stringify } from "csv-stringify";

export type ExportFormat = "json" | "ndjson" | "csv";

export const EXPORT_TYPES: Readonly<Record<ExportFormat, string>> = {
  json: "application/json; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
  csv: "text/csv; charset=utf-8",
};

type Row = Record<string, unknown>;

/** Writes rows while they come. However many there are, memory holds those on their way. */
export function exportStream(rows: AsyncIterable<Row>, format: ExportFormat, columns: readonly string[]): Readable {
  if (format === "csv") return csv(rows, columns);
  return Readable.from(format === "json" ? jsonArray(rows) : lines(rows), { objectMode: false });
}

/** A cell that begins like a formula is marked as text: a table calculation would run it. */
function csv(rows: AsyncIterable<Row>, columns: readonly string[]): Readable {
  const source = Readable.from(rows);
  const table = stringify({
    header: true,
    columns: [...columns],
    bom: true,
    escape_formulas: true,
    record_delimiter: "windows",
    cast: { object: (value) => JSON.stringify(value), boolean: String, date: (value) => value.toISOString() },
  });
  source.on("error", (error) => table.destroy(error));
  table.on("close", () => source.destroy());
  return source.pipe(table);
}

async function* lines(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function* jsonArray(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const row of rows) {
    yield `${before}${JSON.stringify(row)}`;
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

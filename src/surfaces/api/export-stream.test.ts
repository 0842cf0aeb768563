import { expect, test } from "vitest";
import { exportStream, type ExportFormat } from "./export-stream.ts";

interface Source {
  rows: AsyncGenerator<Record<string, unknown>>;
  made: () => number;
  isOver: () => boolean;
}

function source(count: number): Source {
  let made = 0;
  let isOver = false;
  async function* generate() {
    try {
      for (; made < count; made += 1) yield { title: `Tender ${made}`, text: "x".repeat(1_000) };
    } finally {
      isOver = true;
    }
  }
  return { rows: generate(), made: () => made, isOver: () => isOver };
}

for (const format of ["json", "ndjson", "csv"] as const satisfies ExportFormat[]) {
  test(`${format} is written only as fast as it is read, and stops when the reader leaves`, async () => {
    const { rows, made, isOver } = source(1_000_000);
    const stream = exportStream(rows, format, ["title", "text"]);
    for await (const chunk of stream) {
      expect(String(chunk)).not.toBe("");
      if (made() > 50) break;
    }

    expect(made()).toBeLessThan(500);
    await expect.poll(isOver).toBe(true);
  });
}

test("a failure of the source ends the export with that failure", async () => {
  async function* failing() {
    yield { title: "one" };
    throw new Error("the database is gone");
  }
  for (const format of ["json", "ndjson", "csv"] as const)
    await expect(exportStream(failing(), format, ["title"]).toArray()).rejects.toThrow("the database is gone");
});

import { Readable, Writable } from "node:stream";
import { expect, test } from "vitest";
import { formatTable, Terminal } from "./terminal.ts";

test("a table that fits keeps its columns whole", () => {
  expect(
    formatTable(
      ["name", "n"],
      [
        ["first", "1"],
        ["b", "22"],
      ],
      40,
    ),
  ).toBe("name   n\n─────  ──\nfirst  1\nb      22");
});

test("a table that does not fit takes from its widest column", () => {
  const [head, , row] = formatTable(["id", "title"], [["PM-1", "A very long title that goes on and on"]], 20).split(
    "\n",
  );

  expect(head).toBe("id    title");
  expect(row).toBe("PM-1  A very long t…");
});

test("line breaks in a cell do not break the table", () => {
  expect(formatTable(["a"], [["x\n  y"]], 20).split("\n")).toHaveLength(3);
});

test("a slow reader is waited for", async () => {
  const seen: string[] = [];
  const slow = new Writable({
    highWaterMark: 1,
    write(chunk, _encoding, done) {
      seen.push(String(chunk));
      setImmediate(done);
    },
  });
  const terminal = new Terminal({
    stdin: Readable.from([]),
    stdout: slow,
    stderr: slow,
    interactive: false,
    width: 80,
  });
  await terminal.printJson({ a: 1 });
  await terminal.print("end");

  expect(seen.join("")).toBe('{"a":1}\nend\n');
});

import { PassThrough, Readable, Writable } from "node:stream";
import { expect, test } from "vitest";
import { PasswordMissing, PasswordsDiffer } from "./errors.ts";
import { readNewPassword } from "./password-input.ts";

/** A person at a terminal: answers each question with the next line. */
function typing(...lines: string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  let shown = "";
  const output = new Writable({
    write(chunk, _encoding, done) {
      shown += String(chunk);
      if (String(chunk).endsWith(": ")) input.write(`${lines.shift() ?? ""}\r`);
      done();
    },
  });
  return { streams: { input, output }, shown: () => shown };
}

const silent = new Writable({ write: (_chunk, _encoding, done) => done() });

test("a typed password is asked for twice and never shown", async () => {
  const { streams, shown } = typing("tide pool lantern", "tide pool lantern");

  expect(await readNewPassword(streams)).toBe("tide pool lantern");
  expect(shown()).toBe("New password: \nThe same again: \n");
});

test("two different passwords, or none, are refused", async () => {
  await expect(readNewPassword(typing("tide pool lantern", "tide pool").streams)).rejects.toThrow(PasswordsDiffer);
  await expect(readNewPassword(typing("", "").streams)).rejects.toThrow(PasswordMissing);
});

test("where nobody types, the first line of standard input is the password", async () => {
  const read = (...chunks: string[]) => readNewPassword({ input: Readable.from(chunks), output: silent });

  expect(await read("tide po", "ol lantern\r\nmore\n")).toBe("tide pool lantern");
  expect(await read(" blanks stay ")).toBe(" blanks stay ");
  await expect(read()).rejects.toThrow(PasswordMissing);
  await expect(read("\n")).rejects.toThrow(PasswordMissing);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodePage } from "./decode-page.ts";

const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
const utf8 = (text: string): Uint8Array => Buffer.from(text, "utf8");
const header = (charset: string): string => `text/html; charset=${charset}`;

describe("what the page claims", () => {
  test("a byte order mark wins over everything else", () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8("Zürich")]);

    expect(decodePage({ bytes, encoding: "windows-1252", contentType: header("koi8-r") })).toEqual({
      text: "Zürich",
      charset: "utf-8",
      conflicts: 0,
    });
  });

  test("a known encoding wins over the header and the meta element", () => {
    const bytes = Buffer.from([...utf8("<meta charset=utf-8>"), 0xcf, 0xf0]);

    expect(decodePage({ bytes, encoding: "windows-1251", contentType: header("utf-8") }).text).toMatch(/Пр$/);
  });

  test("the header wins over the meta element", () => {
    const bytes = Buffer.from([...utf8("<meta charset=koi8-r>"), 0xcf, 0xf0, 0xe8]);

    expect(decodePage({ bytes, contentType: header("windows-1251") }).text).toMatch(/При$/);
  });

  test("the meta element decides where nothing else is said, also behind long scripts", () => {
    const bytes = Buffer.from([...utf8(`<script>${"x".repeat(2000)}</script><meta charset=windows-1251>`), 0xcf, 0xf0]);

    expect(decodePage({ bytes }).charset).toBe("windows-1251");
  });

  test("a label that no browser knows is as good as none", () => {
    expect(decodePage({ bytes: utf8("é"), contentType: header("utf-eight") }).text).toBe("é");
  });
});

describe("claims that the bytes contradict", () => {
  test("well-formed UTF-8 is UTF-8 whatever the server's default header says", () => {
    expect(decodePage({ bytes: utf8("Müller & Söhne"), contentType: header("iso-8859-1") }).text).toBe(
      "Müller & Söhne",
    );
  });

  test("a page that claims UTF-8 but is windows-1252 is read as what it is", () => {
    expect(decodePage({ bytes: latin1("<p>Müller & Söhne, Straße"), contentType: header("utf-8") })).toMatchObject({
      text: "<p>Müller & Söhne, Straße",
      charset: "windows-1252",
    });
  });

  test("a header that claims UTF-8 gives way to a meta element that fits", () => {
    const bytes = Buffer.from([...utf8("<meta charset=windows-1251>"), 0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);

    expect(decodePage({ bytes, contentType: header("utf-8") }).text).toMatch(/Привет$/);
  });

  test("a few broken bytes do not make UTF-8 anything else", () => {
    const bytes = Buffer.concat([utf8("für ".repeat(50)), Buffer.from([0xe9]), utf8(" über")]);

    expect(decodePage({ bytes, contentType: header("utf-8") })).toMatchObject({ charset: "utf-8" });
  });

  test("a page cut off within a character is still UTF-8", () => {
    expect(decodePage({ bytes: utf8("5 €").subarray(0, 4), contentType: header("iso-8859-1") }).charset).toBe("utf-8");
  });

  test("claimed UTF-16 that is none is ignored", () => {
    expect(decodePage({ bytes: utf8("<p>tender"), contentType: header("utf-16") }).text).toBe("<p>tender");
  });
});

describe("pages that claim nothing", () => {
  test.each(["utf16le", "utf-16be"])("%s without a mark is seen by its zeros", (kind) => {
    const bytes = Buffer.from("<html><p>notice</p></html>", "utf16le");

    expect(decodePage({ bytes: kind === "utf16le" ? bytes : bytes.swap16() }).text).toBe("<html><p>notice</p></html>");
  });

  test("old pages are windows-1252, with its quotes and its euro sign", () => {
    expect(decodePage({ bytes: Buffer.from([0x93, 0x80, 0x35, 0x94]) }).text).toBe("“€5”");
  });

  test("old pages in another language are read in what browsers assume for it", () => {
    expect(decodePage({ bytes: Buffer.from([...utf8('<html lang="ru">'), 0xcf, 0xf0, 0xe8]) }).text).toMatch(/При$/);
  });
});

test("no bytes and no claims make decoding throw", () => {
  const labels = fc.constantFrom(
    null,
    "utf-8",
    "utf-16",
    "replacement",
    "x-user-defined",
    "iso-2022-jp",
    "gbk",
    "nonsense",
    "big5",
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), labels, labels, (bytes, known, claimed) => {
      expect(typeof decodePage({ bytes, encoding: known, contentType: claimed && header(claimed) }).text).toBe(
        "string",
      );
    }),
  );
});

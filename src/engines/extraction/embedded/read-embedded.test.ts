import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pageOf } from "../testing.ts";
import type { EmbeddedData, Located } from "./embedded-data.ts";
import { leafText, quoteLeaf } from "./quote-leaf.ts";
import { readEmbedded } from "./read-embedded.ts";
import { locate } from "./record-arrays.ts";

const jsonLd = (json: string): string => `<script type="application/ld+json">${json}</script>`;

function embeddedIn(html: string, kind: EmbeddedData["kind"]): EmbeddedData[] {
  return readEmbedded(pageOf(html)).filter((data) => data.kind === kind);
}

function textAt(data: EmbeddedData | undefined, ...keys: string[]): string | null {
  const found = data && locate(data.value, keys);
  return found ? leafText(found) : null;
}

describe("JSON-LD", () => {
  test.each([
    ["a trailing comma", '{"@type":"Event","name":"Fair",}'],
    ["a comment around it", '<!-- {"@type":"Event","name":"Fair"} -->'],
    ["CDATA marks", '//<![CDATA[\n{"@type":"Event","name":"Fair"}\n//]]>'],
    ["single quotes and bare keys", "{'@type':'Event',name:'Fair'}"],
    ["escaped quotes of HTML", "{&quot;@type&quot;:&quot;Event&quot;,&quot;name&quot;:&quot;Fair&quot;}"],
    ["a cut-off end", '{"@type":"Event","name":"Fair","offers":{"price":"1"'],
    ["a missing comma", '{"@type":"Event"\n"name":"Fair"}'],
    ["a semicolon behind it", '{"@type":"Event","name":"Fair"};'],
  ])("is read in spite of %s", (_, json) => {
    const [event] = embeddedIn(jsonLd(json), "json-ld");

    expect([event?.name, textAt(event, "name")]).toEqual(["Event", "Fair"]);
  });

  test("keeps a quotation mark that nobody escaped", () => {
    const [event] = embeddedIn(jsonLd('{"@type":"Event","name":"The "Fair" of 2025","place":"Hall"}'), "json-ld");

    expect([textAt(event, "name"), textAt(event, "place")]).toEqual(['The "Fair" of 2025', "Hall"]);
  });

  test("gives the items of a graph and of an array one by one, the first type of several", () => {
    const items = embeddedIn(
      jsonLd('{"@graph":[{"@type":"WebSite"},{"@type":["https://schema.org/Event","Thing"]}]}') +
        jsonLd('[{"@type":"Offer"}]'),
      "json-ld",
    );

    expect(items.map(({ name }) => name)).toEqual(["WebSite", "Event", "Offer"]);
  });
});

describe("attributes", () => {
  test("microdata nests items, repeats become lists, and values stand in the attributes HTML says", () => {
    const [event] = embeddedIn(
      `<div itemscope itemtype="https://schema.org/Event"><h1 itemprop="name">Fair</h1>
       <time itemprop="startDate" datetime="2025-05-12">Monday</time>
       <a itemprop="url" href="/fair">more</a><i itemprop="tag">a</i><i itemprop="tag">b</i>
       <p itemprop="location" itemscope itemtype="https://schema.org/Place"><b itemprop="name">Hall</b></p></div>`,
      "microdata",
    );

    expect(event?.name).toBe("Event");
    expect(textAt(event, "name")).toBe("Fair");
    expect(textAt(event, "startDate")).toBe("2025-05-12");
    expect(textAt(event, "url")).toBe("/fair");
    expect(textAt(event, "tag", "1")).toBe("b");
    expect(textAt(event, "location", "name")).toBe("Hall");
  });

  test("RDFa Lite is read the same way", () => {
    const [offer] = embeddedIn(
      `<p vocab="https://schema.org/" typeof="Offer"><b property="schema:price" content="12.50">12½</b></p>`,
      "rdfa",
    );

    expect([offer?.name, textAt(offer, "price")]).toEqual(["Offer", "12.50"]);
  });

  test("meta tags and the canonical link are one object", () => {
    const [meta] = embeddedIn(
      `<meta property="og:title" content="Fair"><meta name="Author" content="Ann"><link rel="canonical" href="/a">`,
      "meta",
    );

    expect(["og:title", "author", "canonical"].map((key) => textAt(meta, key))).toEqual(["Fair", "Ann", "/a"]);
  });
});

describe("script state", () => {
  test.each([
    ["an assignment", `window.__STATE__ = {"job":{"title":"Bridge"}};`, "__STATE__"],
    ["a constant", `const data = {job: {title: 'Bridge'}, load: function () { return {}; }};`, "data"],
    ["JSON.parse", `window["state"] = JSON.parse("{\\"job\\":{\\"title\\":\\"Br\\\\u0069dge\\"}}");`, "state"],
  ])("is read from %s", (_, program, name) => {
    const [state] = embeddedIn(`<script>${program}</script>`, "state");

    expect([state?.name, textAt(state, "job", "title")]).toEqual([name, "Bridge"]);
  });

  test("is read from the options of a table", () => {
    const [rows] = embeddedIn(
      `<script>$("#t").DataTable({ data: [["R-1","Bridge"],["R-2","Road"]] })</script>`,
      "state",
    );

    expect([rows?.name, textAt(rows, "1", "1")]).toEqual(["data", "Road"]);
  });

  test("is put together where a framework flattened it, circles left out", () => {
    const [state] = embeddedIn(
      `<script type="application/json" id="__NUXT_DATA__">[{"job":1,"self":0},{"title":2,"at":3},"Bridge",["Reactive",4],"Hall"]</script>`,
      "state",
    );

    expect([textAt(state, "job", "title"), textAt(state, "job", "at")]).toEqual(["Bridge", "Hall"]);
    expect(state && locate(state.value, ["self"])).toBeNull();
  });

  test("is read from a long attribute", () => {
    const json = JSON.stringify({ job: { title: "Bridge", text: "x".repeat(200) } }).replaceAll('"', "&quot;");
    const [state] = embeddedIn(`<div data-page="${json}"></div>`, "state");

    expect([state?.name, textAt(state, "job", "title")]).toEqual(["data-page", "Bridge"]);
  });

  test("programs that only compute hold none", () => {
    expect(embeddedIn("<script>for (let i = 0; i < 3; i++) { run({ i }); }</script>", "state")).toEqual([]);
  });
});

function* leavesOf(value: Located): Generator<Exclude<Located, { kind: "array" | "object" }>> {
  if (value.kind === "array") for (const item of value.items) yield* leavesOf(item);
  else if (value.kind === "object") for (const item of value.entries.values()) yield* leavesOf(item);
  else yield value;
}

const ANY_JSON = fc.jsonValue({ maxDepth: 4 }).filter((value) => typeof value === "object" && value !== null);

test("the range of every literal finds its words again, whatever was escaped", () => {
  const forms = [
    (json: string) => jsonLd(json),
    (json: string) => `<script>window.state = ${json};</script>`,
    (json: string) => `<script>window.state = JSON.parse(${JSON.stringify(json).replaceAll("<", "\\u003c")});</script>`,
  ];
  fc.assert(
    fc.property(ANY_JSON, fc.constantFrom(...forms), (value, form) => {
      const page = pageOf(form(JSON.stringify(value).replaceAll("<", "\\u003c")));
      for (const { value: found } of readEmbedded(page)) {
        for (const leaf of leavesOf(found)) {
          const { raw } = quoteLeaf(page, leaf);
          if (leaf.kind === "number") expect(Number(raw)).toBe(leaf.value);
          if (leaf.kind === "string" && !raw.includes("\\")) expect(raw).toBe(leaf.value);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test("a JSON value is read as JSON.parse reads it", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string(), { minKeys: 1 }), (value) => {
      const [found] = embeddedIn(
        `<script type="application/json">${JSON.stringify(value).replaceAll("<", "\\u003c")}</script>`,
        "state",
      );
      for (const [key, text] of Object.entries(value)) {
        const leaf = found && locate(found.value, [key]);
        expect(leaf?.kind === "string" && leaf.value).toBe(text);
      }
    }),
    { numRuns: 100 },
  );
});

test("keys of the prototype are plain keys", () => {
  const [item] = embeddedIn(jsonLd('{"@type":"Event","__proto__":{"admin":true},"constructor":"c"}'), "json-ld");

  expect(textAt(item, "__proto__", "admin")).toBe("true");
  expect(textAt(item, "constructor")).toBe("c");
  expect(Reflect.get({}, "admin")).toBeUndefined();
});

test("nesting without end and four megabytes are read within bounds", () => {
  const deep = `{"@type":"Event","name":"Fair","deep":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
  const long = `{"@type":"Event","rows":[${Array.from({ length: 60_000 }, (_, at) => `{"id":${at},"name":"Row number ${at} of many"}`).join(",")}]}`;
  const started = process.threadCpuUsage();

  expect(textAt(embeddedIn(jsonLd(deep), "json-ld")[0], "name")).toBe("Fair");
  expect(embeddedIn(jsonLd(long.padEnd(4_000_000, " ")), "json-ld")).toHaveLength(1);
  expect(embeddedIn(`<script>${"a={".repeat(200_000)}</script>`, "state")).toEqual([]);
  expect(process.threadCpuUsage(started).user).toBeLessThan(10_000_000);
});

test.each([
  ["arrays that are never closed", "\nx=["],
  ["lists for tables that are never closed", "data:[["],
  ["remarks that are never closed", "x=[/*\n"],
  ["records in arrays that are never closed", `x=[{"a":1},\n`],
  ["texts that are never closed", "x=JSON.parse(`\n"],
  ["nothing but lines", "\n \n"],
])("a program of %s is looked through in bounded time, and what stands before it is found", (_, part) => {
  const started = process.threadCpuUsage();
  const program = `var rows = [{"id": 1}];\n${part.repeat(400_000 / part.length)}`;

  expect(textAt(embeddedIn(`<script>${program}</script>`, "state")[0], "0", "id")).toBe("1");
  expect(process.threadCpuUsage(started).user).toBeLessThan(5_000_000);
});

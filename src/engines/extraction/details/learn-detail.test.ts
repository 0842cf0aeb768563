import { describe, expect, test } from "vitest";
import { pageOf } from "../testing.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import { verifyEvidence } from "../verify-evidence.ts";
import { applyDetail, type DetailFields } from "./apply-detail.ts";
import { learnDetail } from "./learn-detail.ts";

const notice = (title: string, day: string) =>
  pageOf(
    `<title>${title}</title><script type="application/ld+json">{"@type":"Event","location":"Room \\u0041 ${title}"}</script>
     <body><h1>${title}</h1><dl><dt>Closing date</dt><dd>${day}</dd></dl><h2>Lots</h2><ul><li>${title} one</li><li>two</li></ul></body>`,
  );

function readOf(html: string): DetailFields {
  const page = pageOf(html);
  return applyDetail(learnDetail([page]), page);
}

function learnThenRead(first: string, second: string): DetailFields {
  return applyDetail(learnDetail([pageOf(first)]), pageOf(second));
}

function texts(value: ExtractedValue | ExtractedValue[] | undefined): string[] {
  return [value ?? []].flat().map((one) => one.value);
}

test("a recipe learnt on one page reads the next, and every value verifies", () => {
  const next = notice("Chairs", "3 June 2025");
  const fields = applyDetail(learnDetail([notice("Tables", "12 May 2025")]), next);

  expect(fields["Closing date"]).toMatchObject({ value: "2025-06-03", raw: "3 June 2025" });
  expect(fields["Lots"]).toMatchObject([{ value: "Chairs one" }, { value: "two" }]);
  expect(fields["location"]).toMatchObject({ value: "Room A Chairs" });
  for (const value of Object.values(fields).flat()) expect(verifyEvidence({ page: next, value })).toEqual({ ok: true });
});

describe("labels", () => {
  test.each([
    ["a definition list", "<dl><dt>Buyer:</dt><dd>Harbour Office</dd></dl>"],
    ["a table of two columns", "<table><tr><th>Buyer</th><td>Harbour Office</td></tr></table>"],
    [
      "a table of two pairs a row",
      "<table><tr><td>Kind</td><td>RFP</td><td>Buyer</td><td>Harbour Office</td></tr></table>",
    ],
    ["a line", "<p>Buyer: Harbour Office</p>"],
    ["a line cut by bars", "<p>Kind: RFP | Buyer: Harbour Office</p>"],
    ["a bold word before it", "<p><strong>Buyer:</strong> Harbour Office</p>"],
    ["neighbours", "<div><span>Buyer</span><span>Harbour Office</span></div>"],
    ["the line above", "<div><div>Buyer:</div><div>Harbour Office</div></div>"],
    [
      "cells by turns",
      "<div><p class=l>Kind</p><p class=v>RFP</p><p class=l>Buyer</p><p class=v>Harbour Office</p></div>",
    ],
    [
      "paragraphs by turns among others",
      "<p>Hello.</p><p class=label>Kind</p><p>RFP</p><p class=label>Buyer</p><p>Harbour Office</p><p>Bye.</p>",
    ],
    ["a line with several in bold", "<p><b>Kind:</b> RFP <b>Buyer:</b> Harbour Office | <b>Lots:</b> 2</p>"],
    ["a line with several before words", "<p>Kind: <em>RFP</em> &nbsp; Buyer: <em>Harbour Office</em></p>"],
    ["the head of the only row", "<table><tr><th>Kind<th>Lots<th>Buyer<tr><td>RFP<td>2<td>Harbour Office</table>"],
    ["bold at the start of a line", "<p><b>Kind</b> RFP<br><b>Buyer</b> Harbour Office</p>"],
    ["a section of two words in line", "<section><span>Buyer</span> <span>Harbour Office</span></section>"],
  ])("stand in %s", (_, html) => {
    expect(texts(readOf(`<body><h1>Bridge</h1>${html}</body>`)["Buyer"])).toEqual(["Harbour Office"]);
  });

  test("are no bold words that a sentence goes on from", () => {
    expect(
      readOf("<body><h1>B</h1><p>Bids are opened in public.<br><b>Bidders</b> must be registered.</p></body>")[
        "Bidders"
      ],
    ).toBeUndefined();
  });

  test("stand before a length of time", () => {
    const fields = readOf(
      "<body><h1>B</h1><p><span>Ready in 55 minutes</span> <span>Kochzeit ca. 1 Std.</span></p></body>",
    );

    expect(texts(fields["Ready in"])).toEqual(["55 minutes"]);
    expect(texts(fields["Kochzeit"])).toEqual(["ca. 1 Std."]);
  });

  test("with several values give a list", () => {
    const fields = readOf(
      "<body><h1>B</h1><dl><dt>Lots</dt><dd>North</dd><dd>South</dd><dt>Other</dt><dd>x</dd></dl></body>",
    );

    expect(texts(fields["Lots"])).toEqual(["North", "South"]);
  });

  test("in the navigation and the footer are none", () => {
    const fields = readOf(
      "<body><nav><dl><dt>Language</dt><dd>English</dd></dl></nav><h1>B</h1><footer><p>Owner: Town</p></footer></body>",
    );

    expect(Object.keys(fields)).not.toContain("Language");
    expect(Object.keys(fields)).not.toContain("Owner");
  });
});

describe("what stands under a heading", () => {
  test("is the items of its list, those of lower headings with it", () => {
    const fields = readOf(
      `<body><h1>Fair</h1><h2>Scope</h2><h3>Stage one</h3><ul><li>Survey of the site</li><li>Plan of the site</li></ul>
       <h3>Stage two</h3><ul><li>Works on the pier</li></ul><h2>Other</h2><p>nothing of note</p></body>`,
    );

    expect(texts(fields["Scope"])).toEqual([
      "Stage one",
      "Survey of the site",
      "Plan of the site",
      "Stage two",
      "Works on the pier",
    ]);
  });

  test("is found again where the heading has another level and another case", () => {
    const fields = learnThenRead(
      "<body><h1>A</h1><h2>Required documents</h2><ul><li>Offer form</li><li>Price sheet</li></ul></body>",
      "<body><h1>B</h1><h4>REQUIRED DOCUMENTS:</h4><ul><li>Bid bond</li><li>Company statement</li></ul></body>",
    );

    expect(texts(fields["Required documents"])).toEqual(["Bid bond", "Company statement"]);
  });
});

test("documents are absolute addresses, and the words of their links stand beside them", () => {
  const fields = readOf(
    `<body><h1>B</h1><p><a href="/f/terms.pdf">Terms of contract</a> <a href="/f/prices.xlsx">Price sheet</a></p></body>`,
  );

  expect(texts(fields["documents"])).toEqual([
    "https://portal.example/f/terms.pdf",
    "https://portal.example/f/prices.xlsx",
  ]);
  expect(texts(fields["document names"])).toEqual(["Terms of contract", "Price sheet"]);
});

describe("learning from several pages", () => {
  const framed = (title: string, day: string) =>
    pageOf(
      `<body><h1>${title}</h1><p class="office-hours">Open from nine to five</p><p class="deadline-day">${day}</p>
       <h2>How to bid</h2><p>Send it by post, in two copies.</p></body>`,
    );

  test("drops what never changes and keeps what does", () => {
    const pages = [framed("Bridge", "1 May 2025"), framed("Road", "2 May 2025")];
    const names = learnDetail(pages).fields.map(({ name }) => name);

    expect(names).toContain("deadline day");
    expect(names).not.toContain("office hours");
    expect(names).not.toContain("How to bid");
    expect(learnDetail(pages.slice(0, 1)).fields.length).toBeGreaterThan(names.length);
    expect(applyDetail(learnDetail(pages), framed("Pier", "3 May 2025"))).not.toHaveProperty("How to bid");
  });

  test("takes in fields that only a later page has", () => {
    const recipe = learnDetail([notice("A", "1 May 2025"), pageOf("<body><h1>B</h1><p>Budget: 4,000 EUR</p></body>")]);

    expect(recipe.fields.map(({ name }) => name)).toContain("Budget");
  });
});

describe("a page that differs from the one where the recipe was learnt", () => {
  const event = (properties: string, body = "") =>
    `<script type="application/ld+json">{"@type":"Event",${properties}}</script><body><h1>Fair</h1>${body}</body>`;

  test("keeps properties apart that were equal by chance", () => {
    const fields = learnThenRead(
      event('"doorTime":"2025-05-01T10:00Z","startDate":"2025-05-01T10:00Z"'),
      event('"doorTime":"2025-06-01T10:00Z","startDate":"2025-06-01T11:00Z"'),
    );

    expect([texts(fields["doorTime"]), texts(fields["startDate"])]).toEqual([
      ["2025-06-01T10:00Z"],
      ["2025-06-01T11:00Z"],
    ]);
  });

  test("falls back on another place where the value stood", () => {
    const fields = learnThenRead(
      event('"location":"Town hall"', "<p>Venue: Town hall</p>"),
      "<body><h1>Fair</h1><p>Venue: Old market</p></body>",
    );

    expect(texts(fields["location"])).toEqual(["Old market"]);
  });

  test("adds properties and labels that the first page lacked", () => {
    const fields = learnThenRead(
      event('"name":"Fair"'),
      event('"name":"Fair","organizer":"Guild"', "<p>Fee: free</p>"),
    );

    expect([texts(fields["organizer"]), texts(fields["Fee"])]).toEqual([["Guild"], ["free"]]);
  });

  test("gives all values where one became several", () => {
    const fields = learnThenRead(event('"keywords":["pier"]'), event('"keywords":["pier","crane","quay"]'));

    expect(texts(fields["keywords"])).toEqual(["pier", "crane", "quay"]);
  });

  test("keeps the words of what is no plain number here", () => {
    const lots = (count: string) => `<body><h1>B</h1><dl><dt>Lots</dt><dd>${count}</dd></dl></body>`;

    expect(learnThenRead(lots("6"), lots("8"))["Lots"]).toMatchObject({ value: "8", type: "number" });
    expect(learnThenRead(lots("6"), lots("6 (up to 8)"))["Lots"]).toMatchObject({ value: "6 (up to 8)", type: "text" });
  });

  test("leaves fields out that it lacks", () => {
    expect(learnThenRead("<body><p>Buyer: Town</p></body>", "<body><p>nothing here</p></body>")).not.toHaveProperty(
      "Buyer",
    );
  });
});

test("without embedded data only what can be seen is read", () => {
  const page = notice("Tables", "12 May 2025");
  const fields = applyDetail(learnDetail([page], { embedded: false }), page, { embedded: false });

  expect(fields).toHaveProperty("Closing date");
  expect(fields).not.toHaveProperty("location");
});

test("a wish keeps what was asked for, under the names it was asked for, and nothing else", () => {
  const wish = { fields: [{ name: "deadline" }, { name: "venue" }] };
  const fields = applyDetail(learnDetail([notice("Tables", "12 May 2025")], { wish }), notice("Chairs", "3 June 2025"));

  expect(Object.keys(fields)).toEqual(["deadline", "venue"]);
  expect(texts(fields["deadline"])).toEqual(["2025-06-03"]);
});

test("a wished field that the page lacks is told of, and a mere date is no closing date", () => {
  const notes: string[] = [];
  const page = pageOf("<h1>Chairs</h1><dl><dt>Date</dt><dd>3 June 2025</dd><dt>Buyer</dt><dd>Harbour Office</dd></dl>");
  const wish = { fields: [{ name: "closing date" }, { name: "supplier" }, { name: "buyer" }] };
  const fields = applyDetail(learnDetail([page], { wish, onNote: (field) => notes.push(field) }), page);

  expect(Object.keys(fields)).toEqual(["Date", "buyer"]);
  expect(notes).toEqual(["closing date", "supplier"]);
});

test("a space that was encoded twice is a space, and the value still verifies", () => {
  const page = pageOf(
    `<script type="application/ld+json">{"@type":"Product","material":"2\u00c2\u00a0sheets of steel"}</script><h1>Gate</h1>`,
  );
  const value = applyDetail(learnDetail([page]), page)["material"];

  expect(value).toMatchObject({ value: "2 sheets of steel" });
  expect(value && !Array.isArray(value) ? verifyEvidence({ page, value }) : null).toEqual({ ok: true });
});

test("the title may stand lower than the name of the site", () => {
  const fields = readOf(
    "<title>Bridge over the Elbe | Tenders</title><body><h2>News</h2><h3>Bridge over the Elbe</h3></body>",
  );

  expect(texts(fields["title"])).toEqual(["Bridge over the Elbe"]);
});

test("a heading with the title in it heads a field where it says more", () => {
  const fields = readOf(
    "<body><h1>Pasta al forno</h1><h2>Come fare la pasta al forno</h2><p>Lessare la pasta.</p><p>Infornare.</p></body>",
  );

  expect(texts(fields["Come fare la pasta al forno"])).toEqual(["Lessare la pasta.", "Infornare."]);
});

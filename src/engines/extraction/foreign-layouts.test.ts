import { describe, expect, test } from "vitest";
import { learnPage } from "./learn-page.ts";
import { parsePage } from "./page/parse-page.ts";
import type { ExtractedRecord } from "./records/extracted-record.ts";

const WORKS = ["Roof repair", "Road survey", "Meals for schools", "Lighting", "Snow clearing", "Bridge inspection"];
const BUYERS = ["City of Exampleton", "Parks Department", "Harbour Authority"];

interface Notice {
  readonly title: string;
  readonly reference: string;
  readonly buyer: string;
  readonly closes: string;
  readonly summary: string;
  readonly href: string;
}

const notices: readonly Notice[] = Array.from({ length: 12 }, (_, at) => ({
  title: `${WORKS[at % WORKS.length] ?? ""}, part ${at + 1}`,
  reference: `EX-2031-${100 + at * 7}`,
  buyer: BUYERS[at % BUYERS.length] ?? "",
  closes: `${at + 3} May 2031`,
  summary: `Bids are asked for by the buyer for work of kind ${at} within ${at + 2} months of the award.`,
  href: `/notices/${at + 1}`,
}));

function learn(main: string): readonly ExtractedRecord[] {
  const html = `<!doctype html><html lang="en"><body><h1>Notices</h1>${main}</body></html>`;
  return learnPage(parsePage({ bytes: Buffer.from(html), url: "http://a.example/notices" })).extraction?.records ?? [];
}

const all = (draw: (notice: Notice) => string): string => notices.map((notice) => draw(notice)).join("");
const value = (record: ExtractedRecord | undefined, name: string): string | undefined => record?.fields[name]?.value;

describe("names of columns", () => {
  test("cells of a grid made of boxes are named by the grid's own headers", () => {
    const heads = ["No", "Project", "Client", "Closing"].map((head) => `<div role="columnheader">${head}</div>`);
    const records = learn(
      `<div role="grid"><div><div role="row">${heads.join("")}</div></div><div><div role="rowgroup">${all(
        ({ reference, title, buyer, closes }) =>
          `<div role="row">${[reference, title, buyer, closes].map((text) => `<div role="gridcell">${text}</div>`).join("")}</div>`,
      )}</div></div></div>`,
    );

    expect(records).toHaveLength(12);
    expect(Object.keys(records[0]?.fields ?? {})).toEqual(["no", "project", "client", "closing"]);
  });

  test("two rows of headers name the columns that the upper one spans by the lower one, and neither is a record", () => {
    const records = learn(
      `<table><tr><td colspan="2">Notice</td><td rowspan="2">Client</td><td colspan="2">Days</td></tr><tr><td>No</td><td>Work</td><td>Opening</td><td>Closing</td></tr>${all(
        ({ reference, title, buyer, closes, href }) =>
          `<tr><td><a href="${href}">${reference}</a></td><td>${title}</td><td>${buyer}</td><td>1 May 2031</td><td>${closes}</td></tr>`,
      )}</table>`,
    );

    expect(records).toHaveLength(12);
    expect(Object.keys(records[0]?.fields ?? {})).toEqual(["no", "no_url", "work", "client", "opening", "closing"]);
  });

  test.each<[string, (head: string, text: string) => readonly [string, string]]>([
    ["words for screen readers in a header are left out", (head, text) => [`<th><a href="?s">${head} <span class="sr-only">activate to sort</span></a></th>`, `<td>${text}</td>`]],
    ["what a cell says of itself for narrow screens names it", (head, text) => ["", `<td data-column="${head}">${text}</td>`]],
  ])("%s", (_what, draw) => {
    const heads = ["No", "Work", "Client", "Closing"];
    const records = learn(
      `<table><thead><tr>${heads.map((head) => draw(head, "")[0]).join("")}</tr></thead>${all(
        ({ reference, title, buyer, closes }) =>
          `<tr>${[reference, title, buyer, closes].map((text, at) => draw(heads[at] ?? "", text)[1]).join("")}</tr>`,
      )}</table>`,
    );

    expect(Object.keys(records[0]?.fields ?? {})).toEqual(["no", "work", "client", "closing"]);
  }); // prettier-ignore

  test("the upper row tells columns apart that the lower one names alike", () => {
    const records = learn(
      `<table><tr><th>Work</th><th colspan="2">Bids</th><th colspan="2">Visits</th></tr><tr><th></th><th>From</th><th>Until</th><th>From</th><th>Until</th></tr>${notices
        .map(
          ({ title, closes }, at) =>
            `<tr><td>${title}</td><td>${at + 1} March 2031</td><td>${closes}</td><td>${at + 1} April 2031</td><td>${at + 4} April 2031</td></tr>`,
        )
        .join("")}</table>`,
    );

    expect(Object.keys(records[0]?.fields ?? {})).toEqual([
      "work",
      "bids_from",
      "bids_until",
      "visits_from",
      "visits_until",
    ]);
  });

  test("a row of words before rows of boxes names their columns", () => {
    const records = learn(
      `<div><div><span>Number</span><span>Work</span><span>Client</span><span>Closing</span></div>${all(
        ({ reference, title, buyer, closes }) =>
          `<section><span>${reference}</span><span><a href="/x/${reference}">${title}</a></span><span>${buyer}</span><span>${closes}</span></section>`,
      )}</div>`,
    );

    expect(value(records[0], "client")).toBe("City of Exampleton");
    expect(value(records[0], "closing")).toBe("2031-05-03");
  });

  test("a term, and what is classed as a label, name the value after them", () => {
    const records = learn(
      all(
        ({ title, href, buyer, closes, reference }) => `<div class="n"><h3><a href="${href}">${title}</a></h3>
<dl><dt>Buyer</dt><dd>${buyer}</dd><dt>Closing</dt><dd>${closes}</dd></dl>
<div class="f"><div class="f-label">Notice number</div><div class="f-value">${reference}</div></div></div>`,
      ),
    );

    expect(value(records[0], "buyer")).toBe("City of Exampleton");
    expect(value(records[0], "closing")).toBe("2031-05-03");
    expect(value(records[0], "notice_number")).toBe("EX-2031-100");
  });

  test("a status that never differs is no label of what stands after it", () => {
    const records = learn(
      all(
        ({ title, href, closes }) =>
          `<div><a href="${href}">${title}</a><p><span>Open</span><em>${closes}</em></p></div>`,
      ),
    );

    expect(Object.keys(records[0]?.fields ?? {})).not.toContain("open");
  });

  test("texts that nothing names are named by what they look like", () => {
    const records = learn(
      `<table>${all(
        ({ reference, title, href, buyer, summary, closes }) =>
          `<tr><td>${reference}</td><td><a href="${href}">${title}</a></td><td>${buyer}</td><td>${summary}</td><td>${closes}</td></tr>`,
      )}</table>`,
    );

    expect(value(records[0], "organization")).toBe("City of Exampleton");
    expect(value(records[0], "description")).toContain("Bids are asked for");
  });

  test("the link of a record is its title, however its class is called, and 'Read more' names nothing", () => {
    const records = learn(
      all(
        ({
          title,
          href,
          closes,
        }) => `<div class="search-result"><h2 class="search-result-header"><a href="${href}">${title}</a></h2>
<p>${closes}</p><p><a href="${href}">Read more: ${title}</a></p></div>`,
      ),
    );

    expect(value(records[0], "title")).toBe("Roof repair, part 1");
    expect(Object.keys(records[0]?.fields ?? {})).not.toContain("read_more");
  });
});

describe("records", () => {
  test("rows that take turns are the parts of one record", () => {
    const records = learn(
      `<table>${all(
        ({ reference, title, href, closes, summary }) =>
          `<tr><td>${reference}</td><td><a href="${href}">${title}</a></td><td>${closes}</td></tr><tr><td></td><td colspan="2">${summary}</td></tr>`,
      )}</table>`,
    );

    expect(records).toHaveLength(12);
    expect(value(records[4], "description")).toContain("of kind 4");
    expect(value(records[4], "reference")).toBe("EX-2031-128");
  });

  test("a record that is a link as a whole has its address", () => {
    const records = learn(
      `<div>${all(({ title, href, closes }) => `<a href="${href}"><h5>${title}</h5><small>${closes}</small></a>`)}</div>`,
    );

    expect(Object.values(records[0]?.fields ?? {}).map((field) => field.value)).toContain("http://a.example/notices/1");
  });

  test("advertisements drawn like records are none", () => {
    const advertisement = (words: string, names: string): string =>
      `<div class="card ${names}"><p>${words}</p><h3><a href="https://ads.example.com/${words}">Win more contracts</a></h3><p>since 4 May 2031</p></div>`;
    const card = ({ title, href, closes }: Notice): string =>
      `<div class="card"><p>Open</p><h3><a href="${href}">${title}</a></h3><p>${closes}</p></div>`;
    const records = learn(
      `<div>${advertisement("Anzeige", "")}${all(card)}${advertisement("Our partner", "is-sponsored")}</div>`,
    );

    expect(records.map((record) => value(record, "title"))).toEqual(notices.map(({ title }) => title));
  });

  test("a word that most records say is no sign of an advertisement", () => {
    const records = learn(
      all(
        ({ title, href, closes }) =>
          `<div><h3><a href="${href}">${title}</a></h3><p>Sponsored</p><p>${closes}</p></div>`,
      ),
    );

    expect(records).toHaveLength(12);
  });

  test("the only row under a row of headers is a record, a row of one cell is none", () => {
    const head = "<thead><tr><th>Number</th><th>Title</th><th>Closing date</th></tr></thead>";
    const [one] = notices;
    const row = `<tr><td>${one?.reference}</td><td><a href="${one?.href}">${one?.title}</a></td><td>${one?.closes}</td></tr>`;

    expect(value(learn(`<table>${head}<tbody>${row}</tbody></table>`)[0], "closing_date")).toBe("2031-05-03");
    expect(
      learn(`<table>${head}<tbody><tr><td colspan="3">No tenders on 3 May 2031</td></tr></tbody></table>`),
    ).toEqual([]);
  });

  test("bold words in a first row are headers although rules stand between the rows", () => {
    const records = learn(
      `<table><tr><td><b>BID</b></td><td><b>DESCRIPTION</b></td><td><b>DUE</b></td></tr>${all(
        ({ reference, title, href, closes }) =>
          `<tr><td>${reference}</td><td><a href="${href}">${title}</a></td><td>${closes}</td></tr><tr><td colspan="3"><img src="rule.gif"></td></tr>`,
      )}</table>`,
    );

    expect(records).toHaveLength(12);
    expect(value(records[0], "due")).toBe("2031-05-03");
  });
});

describe("what stands at the edge of a record", () => {
  test("a link that holds a picture only belongs to the row it stands in", () => {
    const picture = (href: string, alt: string): string =>
      `<td><a href="${href}" title="${alt}"><img src="d.png"></a></td>`;
    const records = learn(
      `<table><tr><th>Link</th><th>Number</th><th>Title</th><th>File</th></tr>${all(
        ({ href, reference, title }) =>
          `<tr>${picture(href, "More")}<td>${reference}</td><td>${title}</td>${picture(`/files${href}`, "File")}</tr>`,
      )}</table>`,
    );

    expect(records.map(({ links }) => links)).toEqual(
      notices.map(({ href }) => [`http://a.example${href}`, `http://a.example/files${href}`]),
    );
  });
});

describe("records between rules", () => {
  test("begin behind a rule, whatever they begin with", () => {
    const drawn = all(
      ({ reference, title, href, closes }) =>
        `<b>Bid number:</b> ${reference}<br><b>Title:</b> <a href="${href}">${title}</a><br><b>Closing:</b> ${closes}<br><hr>`,
    );
    const records = learn(`<div>All bids have to be sealed.<br>${drawn}Ask the clerk.<br>Or write.</div>`);

    expect(records).toHaveLength(12);
    expect(records[0]?.text).toMatch(/^Bid number: EX-2031-100 .* 3 May 2031$/);
    expect(records.map((record) => value(record, "bid_number"))).toEqual(notices.map(({ reference }) => reference));
  });

  test("end before a row that holds nothing but a line", () => {
    const records = learn(
      `<table><tr><td>Number</td><td>Work</td><td>Closing</td></tr>${all(
        ({ reference, title, href, closes, summary }) =>
          `<tr><td><a href="${href}">${reference}</a></td><td>${title}</td><td>${closes}</td></tr><tr><td>&nbsp;</td><td colspan="2">${summary}</td></tr><tr><td colspan="3"><hr></td></tr>`,
      )}</table>`,
    );

    expect(records).toHaveLength(12);
    expect(records[0]?.text).toContain(notices[0]?.summary);
    expect(records[11]?.text).toContain(notices[11]?.reference);
  });

  test.each([
    ["an empty line", "<br>\n<br>"],
    ["a line of dashes", "<br>----------------<br>"],
  ])("end at %s, and each of their lines is a text of its own", (_what, rule) => {
    const records = learn(
      `<div>${notices.map(({ title, buyer, closes }) => `${title}<br>${buyer}<br>${closes}`).join(rule)}</div>`,
    );

    expect(records.map(({ fields }) => Object.values(fields).map((each) => each.raw))).toEqual(
      notices.map(({ title, buyer, closes }) => [title, buyer, closes]),
    );
  });

  test("are single lines where rules only set sections apart", () => {
    const line = ({ href, title, closes }: Notice): string => `<a href="${href}">${title}</a>, closes ${closes}<br>`;
    const sections = [0, 4, 8].map((at) =>
      notices
        .slice(at, at + 4)
        .map(line)
        .join(""),
    );

    expect(learn(`<div>${sections.join("<hr>")}</div>`)).toHaveLength(12);
  });
});

describe("lines", () => {
  const link = ({ href, title, closes }: Notice): string => `<a href="${href}">${title}, ${closes}</a>`;

  test("are alike with a space before their link and without one", () => {
    const records = learn(`<div>${notices.map(link).join("<br>\n")}</div>`);

    expect(records).toHaveLength(12);
    expect(new Set(records.map(({ fields }) => Object.keys(fields).join())).size).toBe(1);
  });

  test("are one list where some of them stand in an element that only styles them", () => {
    const lines = notices.map((notice) => `${link(notice)}<br>`);
    const styled = `<strong><font>${lines.slice(3, 7).join(" ")}</font></strong>`;
    const records = learn(
      `<div><u>2031</u><br>${lines.slice(0, 3).join(" ")}${styled}${lines.slice(7).join(" ")}</div>`,
    );

    expect(records).toHaveLength(12);
    expect(records[4]?.links).toEqual(["http://a.example/notices/5"]);
  });
});

test("amounts stay whole, however alike their parts are", () => {
  const records = learn(
    `<table><tr><th>Work</th><th>Closing</th><th>Value</th></tr>${notices
      .map(
        ({ title, closes }, at) => `<tr><td>${title}</td><td>${closes}</td><td>$${100 + at},${900 - at}.00</td></tr>`,
      )
      .join("")}</table>`,
  );

  expect(Object.keys(records[0]?.fields ?? {})).toEqual(["work", "closing", "value"]);
});

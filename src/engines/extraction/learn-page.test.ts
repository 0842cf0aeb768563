import { describe, expect, test } from "vitest";
import { learnPage } from "./learn-page.ts";
import { pageOf } from "./testing.ts";
import { verifyEvidence } from "./verify-evidence.ts";
import { parseWish } from "./wish/parse-wish.ts";

const TENDERS = [
  { title: "Road surfacing in the north district", ref: "T-2024-001", closes: "12 May 2024", buyer: "City of Lund" },
  { title: "Supply of laboratory glassware", ref: "T-2024-002", closes: "3 June 2024", buyer: "State Hospital" },
  { title: "Cleaning of four primary schools", ref: "T-2024-007", closes: "28 June 2024", buyer: "School Board" },
  { title: "Replacement of street lighting", ref: "T-2024-011", closes: "1 July 2024", buyer: "City of Lund" },
];

const MENU = `<nav><ul>${["Home", "News", "About", "Contact", "Jobs", "Press", "Imprint"].map((word) => `<li><a href="/${word}">${word}</a></li>`).join("")}</ul></nav>`;

function learn(body: string) {
  const learned = learnPage(
    pageOf(`<html lang="en-GB"><head><title>Tenders</title></head><body>${MENU}${body}</body></html>`),
  );
  const records = learned.extraction?.records ?? [];
  return {
    learned,
    records,
    names: learned.recipe?.fields.map(({ name }) => name) ?? [],
    column: (name: string) => records.map((record) => record.fields[name]?.value),
  };
}

describe("a table", () => {
  const { records, column, names } = learn(`
    <table id="results"><tr><td>Title</td><td>Reference</td><td>Closing date</td></tr>
    ${TENDERS.map(({ title, ref, closes }) => `<tr><td><a href="/t/${ref}">${title}</a></td><td>${ref}</td><td>${closes}</td></tr>`).join("")}
    <tr><td colspan="3">1 <a href="?p=2">2</a></td></tr></table>`);

  test("gives one record per row, without its header and its pager", () => {
    expect(records).toHaveLength(TENDERS.length);
  });

  test("names its columns by its header cells and reads their types", () => {
    expect(column("title")).toEqual(TENDERS.map(({ title }) => title));
    expect(column("reference")).toEqual(TENDERS.map(({ ref }) => ref));
    expect(column("closing_date")).toEqual(["2024-05-12", "2024-06-03", "2024-06-28", "2024-07-01"]);
  });

  test("keeps the text and the address of a link apart", () => {
    expect(column("title_url")[0]).toBe("https://portal.example/t/T-2024-001");
    expect(names).toContain("title_url");
  });
});

describe("cards", () => {
  test("take the labels before their values as names", () => {
    const { records, column } = learn(
      TENDERS.map(
        ({ title, ref, closes, buyer }) =>
          `<div class="card"><h3><a href="/t/${ref}">${title}</a></h3><p>Buyer: ${buyer}</p><p>Closing: ${closes}</p></div>`,
      ).join(""),
    );

    expect(records).toHaveLength(4);
    expect(column("title")).toEqual(TENDERS.map(({ title }) => title));
    expect(column("buyer")).toEqual(TENDERS.map(({ buyer }) => buyer));
    expect(column("closing")[1]).toBe("2024-06-03");
  });

  test("keep an optional value in its own column", () => {
    const { column } = learn(
      `<main>${TENDERS.map(
        ({ title, ref, closes }, i) =>
          `<article><h2 class="title">${title}</h2>${i % 2 ? `<span class="reference">${ref}</span>` : ""}<span class="deadline">${closes}</span></article>`,
      ).join("")}</main>`,
    );

    expect(column("reference")).toEqual([undefined, "T-2024-002", undefined, "T-2024-011"]);
    expect(column("deadline")).toEqual(["2024-05-12", "2024-06-03", "2024-06-28", "2024-07-01"]);
  });

  test("whose classes alternate are one list with one set of columns", () => {
    const { records, names } = learn(
      TENDERS.map(
        ({ title, closes }, i) =>
          `<div class="${i % 2 ? "stripe" : "plain"}"><b class="${i % 2 ? "stripe-text" : "plain-text"}">${title}</b> <i>${closes}</i></div>`,
      ).join(""),
    );

    expect(records).toHaveLength(4);
    expect(names.filter((name) => name.startsWith("title"))).toEqual(["title"]);
  });
});

describe("records of several neighbours", () => {
  test("a heading with the paragraphs below it is one record", () => {
    const { records } = learn(
      `<div>${TENDERS.map(({ title, ref, closes }) => `<h3><a href="/t/${ref}">${title}</a></h3><p>Reference ${ref}</p><p>Closes ${closes}</p>`).join("")}</div>`,
    );

    expect(records).toHaveLength(4);
    expect(records[0]?.text).toContain("T-2024-001");
    expect(records[0]?.text).toContain("12 May 2024");
  });

  test("a row with the detail row after it is one record", () => {
    const { records } = learn(
      `<table>${TENDERS.map(({ title, ref, closes }) => `<tr><td><a href="/t/${ref}">${ref}</a></td><td>${closes}</td></tr><tr><td colspan="2">${title} and all that belongs to it</td></tr>`).join("")}</table>`,
    );

    expect(records).toHaveLength(4);
    expect(records[2]?.text).toContain("Cleaning of four primary schools");
  });

  test("terms and definitions are read in pairs", () => {
    const { records } = learn(
      `<dl>${TENDERS.map(({ title, ref, closes }) => `<dt><a href="/t/${ref}">${title}</a></dt><dd>${closes}, ${ref}</dd>`).join("")}</dl>`,
    );

    expect(records).toHaveLength(4);
    expect(records[3]?.text).toContain("T-2024-011");
  });

  test("lines between breaks are records", () => {
    const { records } = learn(
      `<p>${TENDERS.map(({ title, ref, closes }) => `${closes} <a href="/t/${ref}">${title}</a>`).join("<br>")}</p>`,
    );

    expect(records.map(({ links }) => links)).toEqual(TENDERS.map(({ ref }) => [`https://portal.example/t/${ref}`]));
  });
});

describe("lists in lists", () => {
  const months = ["May", "June"].map(
    (month, m) =>
      `<section><h2>${month} 2024</h2><ul>${TENDERS.slice(m * 2, m * 2 + 2)
        .map(({ title, ref }) => `<li><a href="/t/${ref}">${title}</a> (${ref})</li>`)
        .join("")}</ul></section>`,
  );

  test("the records are on the level where each stands for itself", () => {
    expect(learn(months.join("")).records).toHaveLength(4);
  });

  test("the heading of a group belongs to each of its records", () => {
    const days = ["12 May 2024", "13 May 2024", "14 May 2024"].map(
      (day, d) =>
        `<h3>${day}</h3><ul>${[1, 2, 3].map((n) => `<li><a href="/t/${d}${n}">Meeting of the ${["works", "school", "health"][n - 1]} committee, room ${d}${n}</a></li>`).join("")}</ul>`,
    );
    const { records, column } = learn(`<div>${days.join("")}</div>`);

    expect(records).toHaveLength(9);
    expect(column("date").slice(2, 5)).toEqual(["2024-05-12", "2024-05-13", "2024-05-13"]);
  });
});

test("a text that all records build alike is cut into its parts", () => {
  const { column } = learn(
    `<ul>${TENDERS.map(({ title, ref, closes }) => `<li><a href="/t/${ref}">No. ${ref}, ${title} (${closes})</a></li>`).join("")}</ul>`,
  );

  expect(column("no")).toEqual(TENDERS.map(({ ref }) => ref));
  expect(column("date")[0]).toBe("2024-05-12");
});

test("several lists are offered, the best first", () => {
  const { learned } = learn(
    `<table>${TENDERS.map(({ title, ref, closes }) => `<tr><td>${title}</td><td>${ref}</td><td>${closes}</td></tr>`).join("")}</table>
     <ul>${["2019", "2020", "2021"].map((year) => `<li><a href="/a/${year}">Archive of ${year}</a></li>`).join("")}</ul>`,
  );

  expect(learned.candidates.length).toBeGreaterThan(1);
  expect(learned.candidates[0]).toMatchObject({ count: 4, score: 1 });
});

describe("a day that is written for people and for machines", () => {
  const table = (time: (day: string) => string) =>
    learn(
      `<table><tr><th>Title</th><th>Closing date</th></tr>${["2031-05-12", "2031-06-03", "2031-06-28", "2031-07-11"]
        .map((day, at) => `<tr><td><a href="/t/${at}">${TENDERS[at]?.title ?? ""}</a></td><td>${time(day)}</td></tr>`)
        .join("")}</table>`,
    );
  const [year, month, day] = [0, 5, 8];
  const shortly = (iso: string) => `${iso.slice(month, 7)}/${iso.slice(day)}/${iso.slice(year, 4)}`;

  test("is one column, of the text where both say the same", () => {
    const { names, records } = table((iso) => `<time datetime="${iso}">${shortly(iso)}</time>`);

    expect(names).toEqual(["title", "title_url", "closing_date"]);
    expect(records[0]?.fields["closing_date"]).toMatchObject({ value: "2031-05-12", raw: "05/12/2031" });
  });

  test("is one column, of the attribute where that knows the hour", () => {
    const { names, records } = table((iso) => `<time datetime="${iso}T1${iso.slice(9)}:00:00Z">${shortly(iso)}</time>`);

    expect(names).toEqual(["title", "title_url", "closing_date"]);
    expect(records[0]?.fields["closing_date"]).toMatchObject({ value: "2031-05-12T12:00:00Z", attribute: "datetime" });
  });

  test("is the text where the machine's hour is the same everywhere", () => {
    const { records } = table((iso) => `<time datetime="${iso}T10:00:00Z">${shortly(iso)}</time>`);

    expect(records[0]?.fields["closing_date"]).toMatchObject({ value: "2031-05-12", raw: "05/12/2031" });
  });

  test("is two columns where the two differ", () => {
    const { names } = table((iso) => `<time datetime="2030-01-0${iso.slice(9)}">${shortly(iso)}</time>`);

    expect(names).toHaveLength(4);
  });
});

describe("rows that are clicked", () => {
  test.each([
    ["the script of a click", (ref: string) => `onclick="window.location.href = '/t/${ref}'; return false"`],
    ["a script that opens a window", (ref: string) => `onclick="window.open('/t/${ref}', '_blank')"`],
    ["an attribute for scripts", (ref: string) => `data-href="/t/${ref}"`],
  ])("have the address of %s as their link, which verifies", (_, attribute) => {
    const page = pageOf(
      `<table><tr><th>Title</th><th>Closing</th></tr>${TENDERS.map(({ title, ref, closes }) => `<tr ${attribute(ref)}><td>${title}</td><td>${closes}</td></tr>`).join("")}</table>`,
    );
    const records = learnPage(page).extraction?.records ?? [];
    const url = records[1]?.fields["url"];

    expect(records.map(({ links }) => links.map((link) => link.split("/t/")[1]))).toEqual(
      TENDERS.map(({ ref }) => [ref]),
    );
    expect(url).toMatchObject({ type: "url", raw: "/t/T-2024-002" });
    expect(url && verifyEvidence({ page, value: url })).toEqual({ ok: true });
  });
});

describe("a selector of the list", () => {
  const page = pageOf(
    `<div class="past">${TENDERS.map(({ title, ref, closes }) => `<p><a href="/old/${ref}">${title}</a>, ${ref}, closed on ${closes}</p>`).join("")}</div>
     <ul class="open"><li data-kind="tender">Painting of two gyms</li><li data-kind="tender">Repair of a weir</li></ul>`,
  );
  const texts = (listSelector: string) =>
    learnPage(page, { listSelector }).extraction?.records.map(({ text }) => text) ?? [];

  test.each(["ul.open li", "ul.open", "[data-kind='tender']"])(
    "%s is preferred to what looks more like one",
    (source) => {
      expect(texts(source)).toEqual(["Painting of two gyms", "Repair of a weir"]);
    },
  );

  test("that finds nothing is told, and the best list is taken", () => {
    expect(texts("table.tenders tr")).toHaveLength(TENDERS.length);
    expect(learnPage(page, { listSelector: "table.tenders tr" }).notes.join(" ")).toContain("table.tenders tr");
  });
});

test("a cell that spans several rows belongs to each of them", () => {
  const days = ["12 May 2031", "3 June 2031", "9 June 2031"];
  const rows = days.flatMap((day, at) =>
    [0, 1].map(
      (nth) =>
        `<tr>${nth === 0 ? `<td rowspan="2">${day}</td>` : ""}<td><a href="/t/${at}-${nth}">Works of lot ${at}${nth} at the pier</a></td><td>Yard ${at}${nth}</td></tr>`,
    ),
  );
  const { column, records } = learn(
    `<table><tr><th>Closing date</th><th>Title</th><th>Site</th></tr>${rows.join("")}</table>`,
  );
  const second = records[1]?.fields["closing_date"];

  expect(column("closing_date")).toEqual(["2031-05-12", "2031-06-03", "2031-06-09"].flatMap((day) => [day, day]));
  expect(column("site")).toEqual(["Yard 00", "Yard 01", "Yard 10", "Yard 11", "Yard 20", "Yard 21"]);
  expect(second?.path).toBe(records[0]?.fields["closing_date"]?.path);
});

test("a page without a list says so", () => {
  const { learned } = learn("<main><h1>About us</h1><p>We buy what the city needs.</p></main>");

  expect(learned.recipe).toBeNull();
  expect(learned.notes).toContain("The page holds no list of records.");
});

describe("a wish", () => {
  const page = pageOf(
    `<table><tr><th>Name</th><th>Ref</th><th>Closing</th></tr>${TENDERS.map(({ title, ref, closes }) => `<tr><td>${title}</td><td>${ref}</td><td>${closes}</td></tr>`).join("")}</table>`,
  );

  test("selects columns and gives them the wished names", () => {
    const { extraction } = learnPage(page, { wish: parseWish("title,deadline") });

    expect(Object.keys(extraction?.records[0]?.fields ?? {}).sort()).toEqual(["deadline", "title"]);
    expect(extraction?.records[0]?.fields["deadline"]?.value).toBe("2024-05-12");
  });

  test("that no column answers is told", () => {
    expect(learnPage(page, { wish: parseWish("title,phone") }).notes.join(" ")).toContain("phone");
  });

  test("leaves a column that is only a date under its own name and says what it may be", () => {
    const rows = TENDERS.map(({ title, closes }) => `<tr><td>${title}</td><td>${closes}</td></tr>`).join("");
    const undated = pageOf(`<table><tr><th>Title</th><th>Date</th></tr>${rows}</table>`);
    const { extraction, notes } = learnPage(undated, { wish: parseWish("title,closing date") });

    expect(Object.keys(extraction?.records[0]?.fields ?? {})).toEqual(["title", "date"]);
    expect(notes.join(" ")).toContain('"date" may be "closing date"');
  });
});

describe("embedded data", () => {
  const items = TENDERS.map(({ title, ref, closes, buyer }) => ({ title, ref, closes, buyer, url: `/t/${ref}` }));
  const page = pageOf(
    `<div id="app"></div><script type="application/json" id="state">${JSON.stringify({ items })}</script>`,
  );

  test("is read where a script would build the page", () => {
    const { extraction } = learnPage(page);

    expect(extraction?.records).toHaveLength(4);
    expect(extraction?.records[1]?.fields["buyer"]?.value).toBe("State Hospital");
  });

  test("is left aside on request", () => {
    expect(learnPage(page, { embedded: false }).recipe).toBeNull();
  });
});

describe("a stored page with an unresolved conflict of a version control system", () => {
  const list = (rows: typeof TENDERS): string =>
    `<html>\n<ul>\n${rows.map(({ title, ref, closes }) => `<li><a href="/t/${ref}">${title}</a> ${closes}</li>\n`).join("")}</ul>\n</html>\n`;
  const page = pageOf(`<<<<<<< HEAD\n${list(TENDERS.slice(2))}=======\n${list(TENDERS)}>>>>>>> 1a2b3c Capture\n`);
  const { extraction, notes } = learnPage(page);

  test("is read as its lower side, and every value verifies", () => {
    const values = (extraction?.records ?? []).map(({ fields }) => Object.values(fields));

    expect(extraction?.records).toEqual(learnPage(pageOf(list(TENDERS))).extraction?.records);
    expect(values).toHaveLength(4);
    for (const value of values.flat()) expect(verifyEvidence({ page, value })).toEqual({ ok: true });
  });

  test("says so", () => {
    expect(notes).toEqual([expect.stringMatching(/unresolved conflict of a version control system.* lower side/)]);
  });
});

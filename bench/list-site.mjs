// A local listing in a process of its own: `node bench/list-site.mjs [PAGES] [ROWS]` prints its address and serves until killed.
import { createServer } from "node:net";

const TOWNS = ["Aldham", "Brackley", "Corvale", "Dunmere", "Eastholt", "Fenwick", "Greyford", "Hollins"];
const WORKS = [
  "Road repairs",
  "School meals",
  "Bridge inspection",
  "Street lighting",
  "Waste collection",
  "IT support",
];

/** The rows of one page: what a contestant must bring home. */
export function rowsOf(page, rows) {
  return Array.from({ length: rows }, (_, index) => {
    const number = (page - 1) * rows + index + 1;
    return {
      reference: `TN-2026-${String(number).padStart(6, "0")}`,
      title: `${WORKS[number % WORKS.length]} in ${TOWNS[number % TOWNS.length]}, lot ${number}`,
      buyer: `${TOWNS[(number * 3) % TOWNS.length]} Council`,
      closing: `2027-0${(number % 9) + 1}-1${number % 10}`,
      value: `€ ${(number * 137) % 90_000},000`,
    };
  });
}

export function renderPage(page, pages, rows) {
  const body = rowsOf(page, rows)
    .map(
      (row) =>
        `<tr><td class="reference">${row.reference}</td><td class="title"><a href="/tenders/${row.reference}">${row.title}</a></td>` +
        `<td class="buyer">${row.buyer}</td><td class="closing">${row.closing}</td><td class="value">${row.value}</td></tr>`,
    )
    .join("\n");
  const next = page < pages ? `<a rel="next" href="/list?page=${page + 1}">Next</a>` : "";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tenders, page ${page}</title></head><body>
<header><nav><a href="/">Home</a> <a href="/about">About</a> <a href="/contact">Contact</a></nav></header>
<main><h1>Open tenders</h1><p>Showing ${(page - 1) * rows + 1} to ${page * rows} of ${pages * rows} entries</p>
<table id="tenders"><thead><tr><th>Reference</th><th>Title</th><th>Buyer</th><th>Closing date</th><th>Value</th></tr></thead>
<tbody>${body}</tbody></table><nav class="pager">${next}</nav></main>
<footer><p>Register of public works.</p></footer></body></html>`;
}

/**
 * The site runs beside the contestants on the same cores, so it does as little as a site can: whole answers are ready, and a
 * request is its first line. With `node:http` it took a tenth of what a contestant had.
 */
function serveAnswers(answerTo) {
  return createServer({ noDelay: true }, (socket) => {
    let received = "";
    socket.setEncoding("latin1");
    socket.on("error", () => socket.destroy());
    socket.on("data", (text) => {
      received += text;
      for (let end = received.indexOf(END); end >= 0; end = received.indexOf(END)) {
        const [, target = "/"] = received.slice(0, received.indexOf("\r\n")).split(" ");
        received = received.slice(end + END.length);
        socket.write(answerTo(target));
      }
    });
  });
}

const END = "\r\n\r\n";

function answer(status, body) {
  const head = `HTTP/1.1 ${status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${body.length}\r\nKeep-Alive: timeout=60${END}`;
  return Buffer.concat([Buffer.from(head), body]);
}

if (import.meta.filename === process.argv[1]) {
  const [pages, rows] = [Number(process.argv[2] ?? 2000), Number(process.argv[3] ?? 20)];
  const missing = answer("404 Not Found", Buffer.alloc(0));
  const answers = Array.from({ length: pages }, (_, index) =>
    answer("200 OK", Buffer.from(renderPage(index + 1, pages, rows))),
  );
  const server = serveAnswers((target) => {
    const page = Number(/[?&]page=(\d+)/.exec(target)?.[1] ?? 1);
    return (target.startsWith("/list") && answers[page - 1]) || missing;
  });
  server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
}

/** Runs in the page: the five fields and the link of each row. */
/* global document */
export function readRows() {
  return [...document.querySelectorAll("#tenders > tbody > tr")].map((row) => {
    const cell = (name) => row.querySelector(`td.${name}`)?.textContent.trim();
    const url = row.querySelector("td.title > a")?.href;
    return {
      reference: cell("reference"),
      title: cell("title"),
      url,
      buyer: cell("buyer"),
      closing: cell("closing"),
      value: cell("value"),
    };
  });
}

/** A title as an attacker would write it, and one that never ends. */
export const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
const ENDLESS = `Framework agreement for ${"the maintenance of drainage, ".repeat(30)}and more`;

/** A list of so many tenders on one page, as plain as lists are. */
export function longListPage(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const title = index === 1 ? HOSTILE : index === 2 ? ENDLESS : `Delivery of item ${index + 1}`;
    const closes = new Date(Date.UTC(2027, 0, 1 + (index % 300))).toISOString().slice(0, 10);
    return `<tr><td>LL-${String(index + 1).padStart(5, "0")}</td><td><a href="/tender/${index + 1}">${escaped(title)}</a></td><td>${closes}</td></tr>`;
  });
  return `<!doctype html><title>Tenders</title><main><h1>Tenders</h1><p>${count} tenders</p>
<table><thead><tr><th>Reference</th><th>Title</th><th>Closing date</th></tr></thead><tbody>${rows.join("")}</tbody></table></main>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

import { expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { verifyEvidence } from "../verify-evidence.ts";
import { applyDetail } from "./apply-detail.ts";
import { learnDetail } from "./learn-detail.ts";

const page = (title: string, day: string) =>
  parsePage({
    bytes: new TextEncoder().encode(
      `<title>${title}</title><script type="application/ld+json">{"@type":"Event","location":"Room \\u0041 ${title}"}</script>
       <body><h1>${title}</h1><dl><dt>Closing date</dt><dd>${day}</dd></dl><h2>Lots</h2><ul><li>${title} one</li><li>two</li></ul></body>`,
    ),
  });

test("a recipe learnt on one page reads the next, and every value verifies", () => {
  const next = page("Chairs", "3 June 2025");
  const fields = applyDetail(learnDetail([page("Tables", "12 May 2025")]), next);

  expect(fields["Closing date"]).toMatchObject({ value: "2025-06-03", raw: "3 June 2025" });
  expect(fields["Lots"]).toMatchObject([{ value: "Chairs one" }, { value: "two" }]);
  expect(fields["location"]).toMatchObject({ value: "Room A Chairs" });
  for (const value of Object.values(fields).flat()) expect(verifyEvidence({ page: next, value })).toEqual({ ok: true });
});

import type { SiteAnswer, SiteHandler, SiteRequest } from "./local-site.ts";
import { numberedTable, type PagedOptions } from "./paged-lists.ts";

/** What happens to page 2 of an otherwise healthy list. */
export type Trouble = "asks-to-wait" | "unavailable-once" | "broken-once" | "broken" | "slow" | "cut";

/** A numbered table in which the second page makes trouble. */
export function troubledList(trouble: Trouble, options: PagedOptions): SiteHandler {
  const healthy = numberedTable(options);
  return (request) => {
    const answer = healthy(request);
    if (!answer || request.query.get("page") !== "2") return answer;
    return spoil(trouble, request, answer);
  };
}

function spoil(trouble: Trouble, { askedBefore }: SiteRequest, answer: SiteAnswer): SiteAnswer {
  switch (trouble) {
    case "asks-to-wait":
      return askedBefore === 0 ? { status: 429, headers: { "retry-after": "1" }, body: "Too many requests" } : answer;
    case "unavailable-once":
      return askedBefore === 0 ? { status: 503, body: "Back soon" } : answer;
    case "broken-once":
      return askedBefore === 0 ? { status: 500, body: "<title>Error</title><h1>Timeout expired</h1>" } : answer;
    case "broken":
      return { status: 500, body: "<title>Error</title><h1>Internal server error</h1>" };
    case "slow":
      return { ...answer, delayMs: 400 };
    case "cut":
      return { ...answer, cutAfter: 700 };
  }
}

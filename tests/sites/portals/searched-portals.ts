import type { AskedInput } from "#engines/extraction";
import type { Portal } from "../portal.ts";
import { CURT, EUROPEAN, PICKED, searchedList, type SearchedList } from "../searched-lists.ts";
import { tenders } from "../tenders.ts";
import { tenderRecord } from "./borough-portals.ts";

const today = (): string => new Date().toISOString().slice(0, 10);
const MONTH: readonly AskedInput[] = [
  { name: "from", value: "today-30d" },
  { name: "to", value: "today" },
];
/** Two notices a week: so many are of the last thirty days. */
const OF_A_MONTH = tenders(11);

interface Plan {
  readonly needs: "nothing" | "browser" | "person";
  readonly list: Partial<SearchedList>;
  readonly inputs?: readonly AskedInput[];
  readonly error?: string;
}

function searchedPortal(name: string, { needs, list, inputs = MONTH, error }: Plan): Portal {
  const site = { today, count: 60, size: 6, method: "get", dates: EUROPEAN, ...list } as const;
  const columns = ["referenceNumber", "title", "agency", "closingDate", "detailUrl"] as const;
  return {
    name,
    kind: "search by dates",
    needs,
    path: "/search",
    inputs,
    open: () => searchedList(site),
    truth: error
      ? { records: [], completeness: "incomplete", error }
      : { records: OF_A_MONTH.map((tender) => tenderRecord(tender, columns)), completeness: "complete" },
  };
}

/** Portals that show nothing before they were asked for a period. */
export const SEARCHED_PORTALS: readonly Portal[] = [
  searchedPortal("a search that is an address", { needs: "nothing", list: {} }),
  searchedPortal("a search that is posted, with fields made for dates", {
    needs: "nothing",
    list: { method: "post", dates: PICKED },
  }),
  searchedPortal("a search that says how it wants dates when it refuses one", {
    needs: "nothing",
    list: { dates: CURT },
  }),
  searchedPortal("a search that a script sends", { needs: "browser", list: { scripted: true, size: 60 } }),
  searchedPortal("a period that is too long", {
    needs: "person",
    list: {},
    inputs: [
      { name: "from", value: "today-1y" },
      { name: "to", value: "today" },
    ],
    error: "search_refused",
  }),
];

import { Link, getRouteApi } from "@tanstack/react-router";
import { Screen } from "../elements/screen.tsx";
import { PairQueue } from "./pair-queue.tsx";
import { ValueQueue } from "./value-queue.tsx";

const route = getRouteApi("/shell/review");

/** What waits for a person: values that are not sure, and entries that may be the same tender. */
export function ReviewScreen() {
  const { of } = route.useSearch();
  return (
    <Screen title="Review" fill>
      <nav className="tab-bar" aria-label="What to review">
        <Link to="/review" search={{}} className="tab" activeProps={here(of === undefined)}>
          Unsure values
        </Link>
        <Link to="/review" search={{ of: "pairs" }} className="tab" activeProps={here(of === "pairs")}>
          Same tender?
        </Link>
        <span className="muted tab-hint">
          j and k move · a {of === "pairs" ? "the same" : "accepts"} ·{" "}
          {of === "pairs" ? "x another" : "c corrects · x rejects"}
        </span>
      </nav>
      {of === "pairs" ? <PairQueue /> : <ValueQueue />}
    </Screen>
  );
}

/** Both lead to this screen; what they show of it tells them apart. */
function here(isHere: boolean) {
  return { "aria-current": isHere ? ("page" as const) : undefined };
}

import { getRouteApi } from "@tanstack/react-router";
import { Screen } from "../elements/screen.tsx";
import { Tab } from "../elements/tab.tsx";
import { useMay } from "../session/session-queries.ts";
import { PairQueue } from "./pair-queue.tsx";
import { ValueQueue } from "./value-queue.tsx";

const route = getRouteApi("/shell/review");

/** What waits for a person: values that are not sure, and entries that may be the same tender. */
export function ReviewScreen() {
  const { of } = route.useSearch();
  const mayDecide = useMay("operator");
  return (
    <Screen title="Review" fill>
      <nav className="tab-bar" aria-label="What to review">
        <Tab to="/review" search={{}} isHere={of === undefined}>
          Unsure values
        </Tab>
        <Tab to="/review" search={{ of: "pairs" }} isHere={of === "pairs"}>
          Same tender?
        </Tab>
        <span className="muted tab-hint">
          j and k move
          {mayDecide && (of === "pairs" ? " · a the same · x another" : " · a accepts · c corrects · x rejects")}
        </span>
      </nav>
      {of === "pairs" ? <PairQueue /> : <ValueQueue />}
    </Screen>
  );
}

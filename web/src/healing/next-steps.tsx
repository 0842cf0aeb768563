import { Link } from "@tanstack/react-router";
import type { HealComparison } from "../api/resources.ts";

/** What to do about a change now, and what becomes of either choice, in so many words. */
export function NextSteps({ heal }: { heal: HealComparison }) {
  if (heal.state !== "waiting") {
    return (
      <p>
        It is in use, because stored pages prove it: nothing has to be done. Is the right side wrong? Take it back, and
        version {heal.fromVersion} is used again.
      </p>
    );
  }
  return heal.hasProposal ? <Choosing heal={heal} /> : <ByHand heal={heal} />;
}

function Choosing({ heal: { proof, fromVersion } }: { heal: HealComparison }) {
  const lost = proof?.lost ?? [];
  return (
    <>
      <p>
        Compare the records: does the right side say of every tender what the left side says? Then approve, else reject.
      </p>
      <dl className="choices-told">
        <dt>Approve</dt>
        <dd>
          From the next job on the page is read as on the right.
          {lost.length > 0 && ` ${listed(lost)} ${lost.length === 1 ? "stays" : "stay"} empty from then on.`} What was
          found before is kept.
        </dd>
        <dt>Reject</dt>
        <dd>
          Version {fromVersion} stays in use. Jobs say what they miss, and this same change is never used unless
          somebody approves it.
        </dd>
        <dt>Not sure?</dt>
        <dd>Run the portal once more and watch in the live view what its page shows now, then come back.</dd>
      </dl>
    </>
  );
}

function ByHand({ heal: { portal } }: { heal: HealComparison }) {
  const name = portal ? (
    <Link to="/portals/$portalId" params={{ portalId: portal.id }}>
      {portal.name}
    </Link>
  ) : (
    "its portal"
  );
  return (
    <p>
      Nothing that could be used was found on the changed page. Open {name}: correct its columns by hand, or in its
      settings learn the list anew. Is the page only broken for now, run the portal again later. Reject closes this
      entry, and changes nothing.
    </p>
  );
}

/** “a”, “b” and “c” */
function listed(names: readonly string[]): string {
  return new Intl.ListFormat("en").format(names.map((name) => `“${name}”`));
}

import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { HealComparison } from "../api/resources.ts";
import { FactList } from "../elements/fact-list.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Screen } from "../elements/screen.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { FieldChanges } from "./field-changes.tsx";
import { HealDecision } from "./heal-decision.tsx";
import { oneHeal } from "./heal-queries.ts";
import { HealStateMark } from "./heal-state-mark.tsx";
import { RecordChanges } from "./record-changes.tsx";

const route = getRouteApi("/shell/healing/$healId");

/** One changed page: what was learnt before and after, side by side, and the decision. */
export function HealScreen() {
  const { healId } = route.useParams();
  const { data: heal, error, refetch } = useQuery(oneHeal(Number(healId)));
  if (!heal) {
    return (
      <Screen title="Changed page">
        {error ? <FailureNote error={error} onRetry={() => void refetch()} /> : <Waiting what="the change" />}
      </Screen>
    );
  }
  return (
    <Screen
      title={heal.portal ? `Changed page of ${heal.portal.name}` : "Changed page"}
      beside={<HealStateMark state={heal.state} />}
    >
      <div className="columns">
        <div className="column">
          {heal.reasons.length > 0 && <Doubts reasons={heal.reasons} />}
          <RecordChanges fields={heal.fields.map(({ name }) => name)} sample={heal.sample} />
          <FieldChanges fields={heal.fields} hasProposal={heal.hasProposal} />
        </div>
        <div className="column column-side">
          <HealDecision heal={heal} />
          <section className="card" aria-label="What speaks for it">
            <h2>What speaks for it</h2>
            <Proof heal={heal} />
          </section>
        </div>
      </div>
    </Screen>
  );
}

function Doubts({ reasons }: { reasons: readonly string[] }) {
  return (
    <section className="card card-warn" aria-label="Why it was not used at once">
      <h2>Why it was not used at once</h2>
      <ul className="plain-list">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </section>
  );
}

function Proof({ heal: { proof, portal, at, fromVersion, toVersion, artifact } }: { heal: HealComparison }) {
  return (
    <FactList
      facts={[
        [
          "Portal",
          portal && (
            <Link to="/portals/$portalId" params={{ portalId: portal.id }}>
              {portal.name}
            </Link>
          ),
        ],
        ["Noticed", <RelativeTime at={at} />],
        ["Version", toVersion === null ? fromVersion : `${fromVersion} → ${toVersion}`],
        ["Known records found again", proof && `${proof.paired} of ${proof.known}`],
        ["Records on the changed page", proof?.now],
        ["Values that stayed the same", proof && `${Math.round(proof.agreement * 100)} %`],
        ["Stored pages still read alike", proof && `${proof.reproduced} of ${proof.snapshots}`],
        ["Columns lost", proof && proof.lost.length > 0 ? proof.lost.join(", ") : null],
        ["Gone from the page", proof && proof.gone.length > 0 ? proof.gone.join(", ") : null],
        [
          "Changed page",
          artifact && (
            <a href={`/api/v1/artifacts/${artifact}?view=html`} target="_blank" rel="noreferrer">
              as it was stored
            </a>
          ),
        ],
      ]}
    />
  );
}

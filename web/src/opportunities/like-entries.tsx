import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Opportunity, OpportunityLink } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { Mark } from "../elements/mark.tsx";
import { opportunityLinks } from "./opportunity-queries.ts";
import { useDecideLink } from "./review-actions.ts";
import { usePortalNames } from "../portals/portal-names.ts";
import { Allowed } from "../session/allowed.tsx";

const STATES = { linked: "likely the same", confirmed: "the same", split: "told apart" } as const;

/** Other entries that are, or may be, the same tender: why, and how to say that they are or are not. */
export function LikeEntries({ opportunityId }: { opportunityId: string }) {
  const { data, error, refetch } = useQuery(opportunityLinks(opportunityId));
  if (error && !data) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-label="The same tender elsewhere">
      <h3 className="panel-subhead">The same tender elsewhere</h3>
      <ul className="like-list">
        {data.items.map(({ other, ...link }) => (
          <li key={link.id}>
            <LikeEntry link={link} other={other} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LikeEntry({ link, other }: { link: OpportunityLink; other: Opportunity }) {
  const nameOfPortal = usePortalNames();
  const decide = useDecideLink();
  const say = (state: "confirmed" | "split") => decide.mutate({ linkId: link.id, state });
  return (
    <>
      <div className="change-head">
        <Mark tone={link.state === "confirmed" ? "good" : link.state === "linked" ? "busy" : "plain"}>
          {STATES[link.state]}
          {link.state === "linked" && ` · ${Math.min(99, Math.round(link.confidence * 100))} %`}
        </Mark>
        <Link to="/opportunities" search={{ open: other.id, field: "title" }}>
          {other.title}
        </Link>
        <span className="muted">on {nameOfPortal(other.portalId)}</span>
      </div>
      <ReasonList reasons={link.reasons} />
      {decide.error && <FailureNote error={decide.error} />}
      <Allowed to="operator">
        <div className="buttons">
          {link.state !== "confirmed" && (
            <Button variant="default" size="compact-sm" loading={decide.isPending} onClick={() => say("confirmed")}>
              It is the same
            </Button>
          )}
          {link.state !== "split" && (
            <Button variant="default" size="compact-sm" loading={decide.isPending} onClick={() => say("split")}>
              It is another
            </Button>
          )}
        </div>
      </Allowed>
    </>
  );
}

/** What speaks for one tender, and what against. */
export function ReasonList({ reasons }: { reasons: OpportunityLink["reasons"] }) {
  return (
    <ul className="reason-list">
      {reasons.map(({ fact, speaks, text }) => (
        <li key={fact} className={speaks === "for" ? "reason-for" : "reason-against"}>
          {text}
        </li>
      ))}
    </ul>
  );
}

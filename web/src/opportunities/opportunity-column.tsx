import type { ReactNode } from "react";
import type { Opportunity } from "../api/resources.ts";
import { dayOf, daysUntil, relativeTo } from "../elements/instant.ts";
import { Mark } from "../elements/mark.tsx";
import { MarkedText } from "../elements/marked-text.tsx";
import type { OpportunitySort } from "./opportunity-search.ts";

/** A column of the table. `field` is the value whose evidence a click shows. */
export interface OpportunityColumn {
  name: string;
  field: string | ((opportunity: Opportunity) => string);
  width: string;
  /** The sort that begins with the smallest, where the API has one. */
  sort?: OpportunitySort;
  show: (opportunity: Opportunity, around: Around) => ReactNode;
}

/** What a cell is shown with besides its opportunity. */
export interface Around {
  now: number;
  nameOfPortal: (portalId: string) => string;
}

/** The field behind a cell. */
export function fieldOf({ field }: OpportunityColumn, opportunity: Opportunity): string {
  return typeof field === "string" ? field : field(opportunity);
}

const SOON_DAYS = 7;

export const COLUMNS: readonly OpportunityColumn[] = [
  {
    name: "Closing",
    field: "closingDate",
    width: "10rem",
    sort: "closingDate",
    show: ({ closingDate }, { now }) => closing(closingDate, now),
  },
  {
    name: "Title",
    field: "title",
    width: "minmax(11rem, 3fr)",
    sort: "title",
    show: ({ title, highlights, vanishedAt }) => (
      <>
        <strong>
          <MarkedText text={title} places={highlights?.["title"] ?? []} />
        </strong>
        {vanishedAt !== null && <span className="muted"> · gone from its list</span>}
      </>
    ),
  },
  {
    name: "Reference",
    field: "referenceNumber",
    width: "minmax(6.5rem, 0.7fr)",
    show: ({ referenceNumber }) => referenceNumber,
  },
  {
    name: "Agency",
    field: ({ agency }) => (agency === undefined ? "department" : "agency"),
    width: "minmax(5.5rem, 1fr)",
    show: ({ agency, department }) => agency ?? department,
  },
  {
    name: "Portal",
    field: "title",
    width: "minmax(5.5rem, 1fr)",
    show: ({ portalId }, { nameOfPortal }) => nameOfPortal(portalId),
  },
  { name: "Status", field: "status", width: "5rem", show: ({ status }) => status },
  {
    name: "Value",
    field: "estimatedValue",
    width: "minmax(6rem, 0.5fr)",
    sort: "value",
    show: ({ estimatedValue }) => estimatedValue,
  },
  {
    name: "Posted",
    field: "postedDate",
    width: "6.5rem",
    sort: "postedDate",
    show: ({ postedDate }) => postedDate && dayOf(postedDate),
  },
  {
    name: "First seen",
    field: "title",
    width: "5.5rem",
    sort: "firstSeen",
    show: ({ firstSeenAt }, { now }) => relativeTo(Date.parse(firstSeenAt), now),
  },
  {
    name: "Evidence",
    field: "title",
    width: "6.5rem",
    show: ({ verification, review }) => <StateMark verification={verification} review={review.state} />,
  },
];

/** What people said comes first; then whether each value was found again. */
function StateMark({ verification, review }: { verification: Opportunity["verification"]; review: ReviewState }) {
  if (review === "corrected") return <Mark tone="busy">corrected</Mark>;
  if (review === "waiting") {
    return (
      <Mark tone="warn" icon="unknown" title="It waits for a person in Review.">
        to review
      </Mark>
    );
  }
  return <VerificationMark verification={verification} />;
}

type ReviewState = Opportunity["review"]["state"];

/** Whether each value was found again in the stored page. */
export function VerificationMark({ verification }: { verification: Opportunity["verification"] }) {
  return verification === "verified" ? (
    <Mark tone="good" icon="check" title="Every value was found again in the stored page.">
      verified
    </Mark>
  ) : (
    <Mark tone="warn" icon="alert" title="A value could not be found again in the stored page, and is not shown.">
      unverified
    </Mark>
  );
}

function closing(date: string | undefined, now: number): ReactNode {
  if (date === undefined) return null;
  const days = daysUntil(date, now);
  const left = days === null ? "" : days < 0 ? "closed" : days === 0 ? "today" : `${days} d`;
  const tone = days === null || days < 0 ? "muted" : days <= SOON_DAYS ? "soon" : "later";
  return (
    <span title={date}>
      {dayOf(date)} <span className={`days days-${tone}`}>{left}</span>
    </span>
  );
}

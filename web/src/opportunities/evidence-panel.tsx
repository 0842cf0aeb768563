import { ActionIcon } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ApiFailure } from "../api/api-failure.ts";
import type { EvidencePlace, OpportunityDetail } from "../api/resources.ts";
import { ContentHash } from "../elements/content-hash.tsx";
import { FactList } from "../elements/fact-list.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { ForeignLink } from "../elements/foreign-link.tsx";
import { Mark } from "../elements/mark.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { EvidencePage } from "./evidence-page.tsx";
import { fieldsOf } from "./evidence-field.ts";
import { fieldEvidence, opportunityDetail } from "./opportunity-queries.ts";

interface PanelProps {
  opportunityId: string;
  field: string;
  onField: (field: string) => void;
  onClose: () => void;
}

/** Where a value comes from: the words of the page, when they were read, the stored page itself; and the other values. */
export function EvidencePanel({ opportunityId, field, onField, onClose }: PanelProps) {
  const { data, error, refetch } = useQuery(opportunityDetail(opportunityId));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [opportunityId, field]);
  return (
    <aside className="panel" aria-label="Evidence">
      <header className="panel-head">
        <h2 ref={heading} tabIndex={-1}>
          {data?.title ?? "Evidence"}
        </h2>
        <ActionIcon variant="subtle" color="gray" aria-label="Close the evidence" onClick={onClose}>
          <Icon name="close" />
        </ActionIcon>
      </header>
      {error && !data ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <FieldEvidence opportunity={data} field={field} onField={onField} />
      ) : (
        <Waiting what="the evidence" />
      )}
    </aside>
  );
}

interface FieldProps {
  opportunity: OpportunityDetail;
  field: string;
  onField: (field: string) => void;
}

function FieldEvidence({ opportunity, field, onField }: FieldProps) {
  const fields = fieldsOf(opportunity);
  const shown = fields.find(({ name }) => name === field);
  return (
    <>
      <div className="value-head">
        <span className="field-name">{shown?.label ?? "Not on the page"}</span>
        {shown && <p className="value-text">{shown.value}</p>}
      </div>
      {shown ? (
        <Places opportunityId={opportunity.id} field={field} />
      ) : (
        <p className="muted">The page says nothing here, so neither does Gleaner.</p>
      )}
      <h3 className="panel-subhead">All values</h3>
      <ul className="field-list">
        {fields.map(({ label, name, value }) => (
          <li key={name}>
            <button type="button" aria-pressed={name === field} onClick={() => onField(name)}>
              <span className="field-name">{label}</span>
              <span className="field-value">{value}</span>
            </button>
          </li>
        ))}
      </ul>
      {opportunity.detailUrl !== undefined && (
        <p>
          <ForeignLink href={opportunity.detailUrl}>Open on the portal</ForeignLink>
        </p>
      )}
    </>
  );
}

function Places({ opportunityId, field }: { opportunityId: string; field: string }) {
  const { data, error, refetch } = useQuery(fieldEvidence(opportunityId, field));
  if (data) return data.evidence.map((place, index) => <Place key={index} place={place} />);
  if (error instanceof ApiFailure && error.code === "field_without_evidence") {
    return <p className="muted">This is worked out from the record; it has no place of its own in the page.</p>;
  }
  return error ? <FailureNote error={error} onRetry={() => void refetch()} /> : <Waiting what="the stored page" />;
}

function Place({ place }: { place: EvidencePlace }) {
  const { quote, url, capturedAt, artifact, path, attribute, verified, message, links } = place;
  return (
    <section className="place" aria-label="Place in the stored page">
      <div>
        {verified ? (
          <Mark tone="good" icon="check">
            verified: found again in the stored page just now
          </Mark>
        ) : (
          <Mark tone="warn" icon="alert" title={message ?? ""}>
            not verified: {message}
          </Mark>
        )}
      </div>
      <blockquote className="quote">{quote}</blockquote>
      <FactList
        facts={[
          ["Page", <ForeignLink href={url}>{url}</ForeignLink>],
          ["Captured", <RelativeTime at={capturedAt} />],
          ["SHA-256", artifact === null ? "no page was kept" : <ContentHash sha256={artifact} />],
          ["Node", <code>{path + (attribute === undefined ? "" : ` @${attribute}`)}</code>],
        ]}
      />
      {artifact !== null && <EvidencePage address={links.page} />}
    </section>
  );
}

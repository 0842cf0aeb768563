import { useQuery } from "@tanstack/react-query";
import { ApiFailure } from "../api/api-failure.ts";
import type { EvidencePlace, OpportunityDetail } from "../api/resources.ts";
import { ContentHash } from "../elements/content-hash.tsx";
import { FactList } from "../elements/fact-list.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { ForeignLink } from "../elements/foreign-link.tsx";
import { Mark } from "../elements/mark.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { CorrectionForm } from "./correction-form.tsx";
import { EvidencePage } from "./evidence-page.tsx";
import { fieldsOf, instantIn, isInData, type ShownField } from "./evidence-field.ts";
import { fieldEvidence } from "./opportunity-queries.ts";

interface FieldProps {
  opportunity: OpportunityDetail;
  field: string;
  onField: (field: string) => void;
}

/** One value with its words and its place in the stored page, what people say about it, and all other values. */
export function FieldEvidence({ opportunity, field, onField }: FieldProps) {
  const fields = fieldsOf(opportunity);
  const shown = fields.find(({ name }) => name === field);
  return (
    <>
      <div className="value-head">
        <span className="field-name">{shown?.label ?? "Not on the page"}</span>
        {shown && <ValueText shown={shown} />}
      </div>
      {shown ? (
        <>
          <CorrectionForm key={`${opportunity.id} ${field}`} opportunity={opportunity} field={field} />
          <Places opportunityId={opportunity.id} field={field} />
        </>
      ) : (
        <p className="muted">The page says nothing here, so neither does Gleaner.</p>
      )}
      <h3 className="panel-subhead">All values</h3>
      <ul className="field-list">
        {fields.map(({ label, name, value, correction, unclear }) => (
          <li key={name}>
            <button type="button" aria-pressed={name === field} onClick={() => onField(name)}>
              <span className="field-name">{label}</span>
              <span className="field-value">
                {correction === undefined ? value : (correction.shown ?? "no value")}
                {correction !== undefined && <span className="muted"> · corrected</span>}
                {correction === undefined && unclear !== undefined && <span className="muted"> · open</span>}
              </span>
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

/** What counts; and where a person said otherwise, what the page says beside it. */
function ValueText({ shown: { value, correction, unclear } }: { shown: ShownField }) {
  return (
    <>
      <p className="value-text">{correction === undefined ? value : (correction.shown ?? "No value")}</p>
      {correction !== undefined && (
        <p className="muted">
          Corrected by {correction.by}, <RelativeTime at={correction.at} />. The page says “{value}”.
        </p>
      )}
      {unclear !== undefined && (
        <p>
          <Mark tone="warn" icon="unknown">
            {unclear}
          </Mark>
        </p>
      )}
    </>
  );
}

function Places({ opportunityId, field }: { opportunityId: string; field: string }) {
  const { data, error, refetch } = useQuery(fieldEvidence(opportunityId, field));
  if (data) {
    const { evidence } = data;
    const nameOf = (index: number) => (evidence.length === 1 ? "Place" : `Place ${index + 1} of ${evidence.length}`);
    return evidence.map((place, index) => <Place key={index} name={nameOf(index)} field={field} place={place} />);
  }
  if (error instanceof ApiFailure && error.code === "field_without_evidence") {
    return <p className="muted">This is worked out from the record; it has no place of its own in the page.</p>;
  }
  return error ? <FailureNote error={error} onRetry={() => void refetch()} /> : <Waiting what="the stored page" />;
}

interface PlaceProps {
  /** Told apart from others of the same field. */
  name: string;
  field: string;
  place: EvidencePlace;
}

function Place({ name, field, place }: PlaceProps) {
  const { quote, url, capturedAt, artifact, path, attribute, verified, message, links } = place;
  const instant = instantIn(field, quote);
  return (
    <section className="place" aria-label={`${name} in the stored page`}>
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
      <blockquote className="quote">
        {quote}
        {instant !== null && <span className="muted"> counts from 1970 on, and means {instant}</span>}
      </blockquote>
      <FactList
        facts={[
          ["Page", <ForeignLink href={url}>{url}</ForeignLink>],
          ["Captured", <RelativeTime at={capturedAt} />],
          ["SHA-256", artifact === null ? "no page was kept" : <ContentHash sha256={artifact} />],
          ["Where", isInData(path) ? "in the page's data" : <code>{path + (attribute ? ` @${attribute}` : "")}</code>],
        ]}
      />
      {artifact !== null && <EvidencePage address={links.page} />}
    </section>
  );
}

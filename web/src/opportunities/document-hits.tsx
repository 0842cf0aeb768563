import { queryOptions, useQuery } from "@tanstack/react-query";
import { Fragment, useDeferredValue } from "react";
import { answerOf, api } from "../api/client.ts";
import type { DocumentHit } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { Waiting } from "../elements/waiting.tsx";

function hitsOf(opportunityId: string, q: string) {
  return queryOptions({
    queryKey: ["document-hits", opportunityId, q],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/documents/search", { params: { query: { q, opportunityId, limit: 20 } }, signal })),
  });
}

/** Pages of an opportunity's documents that hold some words, with the words as they stand there. */
export function DocumentHits({ opportunityId, words }: { opportunityId: string; words: string }) {
  const { data, error, refetch } = useQuery(hitsOf(opportunityId, useDeferredValue(words)));
  if (error && !data) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting what="the documents" />;
  if (data.items.length === 0) return <p className="muted">No page holds these words.</p>;
  return (
    <ol className="change-list" aria-label="Found in documents">
      {data.items.map((hit) => (
        <li key={`${hit.documentId} ${hit.evidence.page}`} className="change">
          <span className="muted">
            {hit.opportunities[0]?.name ?? hit.url}, page {hit.evidence.page}
          </span>
          <blockquote>
            <Marked hit={hit} />
          </blockquote>
        </li>
      ))}
    </ol>
  );
}

function Marked({ hit: { quote, highlights } }: { hit: DocumentHit }) {
  let at = 0;
  const parts = highlights.map(([from = 0, to = 0]) => {
    const part = (
      <Fragment key={from}>
        {quote.slice(at, from)}
        <mark>{quote.slice(from, to)}</mark>
      </Fragment>
    );
    at = to;
    return part;
  });
  return (
    <>
      {parts}
      {quote.slice(at)}
    </>
  );
}

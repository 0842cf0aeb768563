import { TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answerOf, api } from "../api/client.ts";
import type { ListedDocument } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { ForeignLink } from "../elements/foreign-link.tsx";
import { Mark, type Tone } from "../elements/mark.tsx";
import { DocumentHits } from "./document-hits.tsx";

const STATES: Readonly<Record<NonNullable<ListedDocument["document"]>["state"], readonly [Tone, string]>> = {
  pending: ["busy", "Waiting"],
  text: ["good", "Text read"],
  no_text: ["plain", "Pictures only"],
  failed: ["bad", "Not read"],
};
const REASONS: Readonly<Record<string, string>> = {
  encrypted: "It has a password.",
  broken: "The file is broken.",
  empty: "The file is empty.",
  unsupported_type: "Files of this kind cannot be read.",
  expands_too_far: "It unpacks to more than is safe.",
  took_too_long: "Reading it took too long.",
  took_too_much_memory: "Reading it took too much memory.",
  not_the_document: "The portal sent a web page instead of the file.",
  type_not_wanted: "Files of this kind are not wanted for this portal.",
  not_found: "The portal no longer has it.",
  refused_by_portal: "The portal refused to give it.",
  robots_disallowed: "The portal's rules for robots forbid it.",
  too_large: "It is larger than allowed.",
};

function documentsOf(opportunityId: string) {
  return queryOptions({
    queryKey: ["documents", opportunityId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET("/api/v1/opportunities/{opportunityId}/documents", { params: { path: { opportunityId } }, signal }),
      ),
  });
}

/** The files that an opportunity names, what became of each, and a search through their text. */
export function OpportunityDocuments({ opportunityId }: { opportunityId: string }) {
  const { data, error, refetch } = useQuery(documentsOf(opportunityId));
  const [words, setWords] = useState("");
  if (error && !data) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!data || data.items.length === 0) return null;
  const isReadable = data.items.some(({ document }) => document?.state === "text");
  return (
    <section aria-label="Documents">
      <h3 className="panel-subhead">Documents</h3>
      <ul className="change-list">
        {data.items.map((listed) => (
          <li key={listed.url} className="change">
            <Listed listed={listed} />
          </li>
        ))}
      </ul>
      {isReadable && (
        <>
          <TextInput
            label="Find in these documents"
            value={words}
            maxLength={300}
            onChange={({ currentTarget }) => setWords(currentTarget.value)}
          />
          {words.trim() !== "" && <DocumentHits opportunityId={opportunityId} words={words.trim()} />}
        </>
      )}
    </section>
  );
}

function Listed({ listed: { name, url, document } }: { listed: ListedDocument }) {
  if (document === null) return <ForeignLink href={url}>{name}</ForeignLink>;
  const [tone, state] = STATES[document.state];
  const { reason, pages, hasMacros } = document;
  return (
    <>
      <ForeignLink href={url}>{name}</ForeignLink> <Mark tone={tone}>{state}</Mark>{" "}
      <span className="muted">
        {pages !== null && `${pages} ${pages === 1 ? "page" : "pages"}. `}
        {hasMacros && "Has macros; none was run. "}
        {reason !== null && (REASONS[reason] ?? "The portal did not answer; it is tried again.")}
      </span>
    </>
  );
}

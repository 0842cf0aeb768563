import { ActionIcon } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { FieldEvidence } from "./field-evidence.tsx";
import { LikeEntries } from "./like-entries.tsx";
import { OpportunityDocuments } from "./opportunity-documents.tsx";
import { OpportunityHistory } from "./opportunity-history.tsx";
import { opportunityDetail } from "./opportunity-queries.ts";

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
        <>
          <FieldEvidence opportunity={data} field={field} onField={onField} />
          <OpportunityDocuments opportunityId={opportunityId} />
          <LikeEntries opportunityId={opportunityId} />
          <OpportunityHistory opportunityId={opportunityId} />
        </>
      ) : (
        <Waiting what="the evidence" />
      )}
    </aside>
  );
}

import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Portal } from "../api/resources.ts";
import { Waiting } from "../elements/waiting.tsx";
import { isUnderWay, isWanted, summaryOf } from "./batch-entry.ts";
import { BatchFaults, BatchForm } from "./batch-form.tsx";
import type { PastedBatch } from "./batch-lines.ts";
import { BatchTable } from "./batch-table.tsx";
import { allPortals } from "./portal-queries.ts";
import { MappingReport } from "./mapping-report.tsx";
import { useBatchMapping } from "./use-batch-mapping.ts";
import { useBatch } from "./use-batch.ts";

interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** From many addresses to portals that are watched: each is learnt in turn, its columns are shown, then those ticked are kept. */
export function AddBatchDialog({ isOpen, onClose }: DialogProps) {
  return isOpen && <OpenDialog onClose={onClose} />;
}

function OpenDialog({ onClose }: { onClose: () => void }) {
  const { data: known } = useQuery(allPortals);
  const [batch, setBatch] = useState<PastedBatch | null>(null);
  if (batch && known) return <LearningDialog batch={batch} known={known} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} size="lg" title="Add several portals">
      {known ? <BatchForm known={known} onLearn={setBatch} /> : <Waiting what="portals" />}
    </Modal>
  );
}

interface LearningProps {
  batch: PastedBatch;
  known: readonly Portal[];
  onClose: () => void;
}

function LearningDialog({ batch, known, onClose }: LearningProps) {
  const { rows, stop, retry, tick, note, watch } = useBatch(batch.lines, known);
  const { mapping, outcomes, carry } = useBatchMapping(rows);
  const [isAsking, setAsking] = useState(false);
  const underWay = rows.filter(isUnderWay);
  const wanted = rows.filter(isWanted).length;
  const isUnsaved = rows.some(({ hasUnsaved }) => hasUnsaved);
  const stopAll = () => underWay.forEach(stop);
  return (
    <Modal
      opened
      onClose={() => (underWay.length > 0 ? setAsking(!isAsking) : onClose())}
      closeOnClickOutside={false}
      size="xl"
      title="Add several portals"
    >
      <div className="stack">
        {isAsking && underWay.length > 0 && (
          <CloseQuestion
            left={underWay.length}
            onStay={() => setAsking(false)}
            onLeave={() => {
              stopAll();
              onClose();
            }}
          />
        )}
        <p role="status" aria-live="polite">
          {summaryOf(rows)}
        </p>
        {mapping && <MappingReport rows={rows} mapping={mapping} outcomes={outcomes} />}
        <BatchTable
          rows={rows}
          onTick={tick}
          onStop={stop}
          onRetry={retry}
          onUnsaved={note}
          onForAll={rows.length > 1 ? ({ line }, changes) => carry({ from: line, changes }) : undefined}
        />
        <BatchFaults faults={batch.faults} />
        <p className="muted">
          {isUnsaved
            ? "Save the changed columns first."
            : "What is not watched stays among the portals and can be run by hand."}
        </p>
        <div className="buttons">
          <Button
            disabled={wanted === 0 || isUnsaved}
            loading={watch.isPending}
            onClick={() => watch.mutate(undefined, { onSuccess: (isAll) => isAll && onClose() })}
          >
            {wanted === 1 ? "Watch this portal" : `Watch these ${wanted} portals`}
          </Button>
          {underWay.length > 0 && (
            <Button variant="default" onClick={stopAll}>
              Stop learning
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

interface QuestionProps {
  /** Addresses that are not learnt yet. */
  left: number;
  onStay: () => void;
  onLeave: () => void;
}

function CloseQuestion({ left, onStay, onLeave }: QuestionProps) {
  return (
    <section className="card card-warn" role="alert">
      <h2>Stop learning and close?</h2>
      <p>
        {left === 1 ? "1 address is" : `${left} addresses are`} not learnt yet. What was learnt stays among the portals,
        not watched.
      </p>
      <div className="buttons">
        <Button variant="default" autoFocus onClick={onStay}>
          Go on learning
        </Button>
        <Button color="red" onClick={onLeave}>
          Stop and close
        </Button>
      </div>
    </section>
  );
}

import { Button, Textarea } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Portal } from "../api/resources.ts";
import { MOST_LINES, readBatch, type BatchFault, type PastedBatch } from "./batch-lines.ts";

interface FormProps {
  known: readonly Portal[];
  onLearn: (batch: PastedBatch) => void;
}

/** A field for many addresses, that says line by line what is wrong with them before anything is asked. */
export function BatchForm({ known, onLearn }: FormProps) {
  const [text, setText] = useState("");
  const watchedUrls = useMemo(
    () => new Set(known.flatMap(({ url, watched }) => (watched ? [URL.parse(url)?.href ?? url] : []))),
    [known],
  );
  const batch = useMemo(() => readBatch(text, watchedUrls), [text, watchedUrls]);
  const count = batch.lines.length;
  const isTooMany = count > MOST_LINES;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onLearn(batch);
      }}
    >
      <Textarea
        label="Addresses of pages that list tenders"
        description={`One a line, up to ${MOST_LINES}. A name may follow after a comma or a tab; left out, it is the host.`}
        placeholder="https://tenders.example.org/open, Port of Example"
        rows={10}
        data-autofocus
        spellCheck={false}
        value={text}
        error={isTooMany && `These are ${count} addresses. At most ${MOST_LINES} can be added at once: take some out.`}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <p role="status" className="muted">
        {droppedIn(batch)}
      </p>
      <BatchFaults faults={batch.faults} />
      <div className="buttons">
        <Button type="submit" disabled={count === 0 || isTooMany}>
          {count === 1 ? "Learn 1 list" : `Learn ${count} lists`}
        </Button>
      </div>
    </form>
  );
}

/** Lines that are not taken, each with its own reason. */
export function BatchFaults({ faults }: { faults: readonly BatchFault[] }) {
  if (faults.length === 0) return null;
  return (
    <section className="card card-bad" aria-label="Lines that are left out">
      <h2>{faults.length === 1 ? "1 line is left out" : `${faults.length} lines are left out`}</h2>
      <ul className="plain-list batch-faults">
        {faults.map(({ line, text, problem }) => (
          <li key={line}>
            Line {line}, “{text}”: {problem}
          </li>
        ))}
      </ul>
    </section>
  );
}

function droppedIn({ blank, repeated, watched }: PastedBatch): string {
  const parts = [
    blank > 0 ? `${blank} empty` : "",
    repeated > 0 ? `${repeated} repeated` : "",
    watched > 0 ? `${watched} watched already` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `Dropped: ${parts.join(", ")}.`;
}

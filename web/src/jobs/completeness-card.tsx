import type { Completeness } from "../api/resources.ts";
import { CompletenessBadge } from "../elements/completeness-badge.tsx";
import { FactList } from "../elements/fact-list.tsx";

/** How much of the list was brought home, and how that is known. */
export function CompletenessCard({ value }: { value: Completeness }) {
  const { reason, pagesSeen, pagesDeclared, totalDeclared, found, duplicates, gaps, stopped } = value;
  return (
    <section className="card" aria-label="Completeness">
      <h2>
        Completeness <CompletenessBadge value={value} />
      </h2>
      <p>{reason}</p>
      <FactList
        facts={[
          ["Found", totalDeclared === null ? found : `${found} of ${totalDeclared} that the list declares`],
          ["Pages", pagesDeclared === null ? pagesSeen : `${pagesSeen} of ${pagesDeclared}`],
          ["Duplicates", duplicates === 0 ? null : duplicates],
          ["Stopped at", stopped.replaceAll("_", " ")],
          ["Gaps", gaps.length === 0 ? null : gaps.join("; ")],
        ]}
      />
    </section>
  );
}

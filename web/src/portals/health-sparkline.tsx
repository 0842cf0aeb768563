import type { PortalHealth } from "../api/resources.ts";

const SHOWN = 14;
const WIDTH = 5;
const GAP = 2;
const HEIGHT = 22;
const LEAST = 3;

/** The last jobs of a portal, oldest first: how much each found, and how it ended by colour. */
export function HealthSparkline({ jobs }: { jobs: PortalHealth["jobs"] }) {
  const shown = jobs.slice(0, SHOWN).toReversed();
  if (shown.length === 0) return <span className="muted">no job yet</span>;
  const most = Math.max(1, ...shown.map(({ found }) => found));
  const bad = shown.filter(({ state }) => state === "failed").length;
  const short = shown.filter(({ state }) => state === "incomplete").length;
  const label = `${shown.length} jobs: ${shown.length - bad - short} fine, ${short} incomplete, ${bad} failed`;
  return (
    <svg className="sparkline" width={SHOWN * (WIDTH + GAP)} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      {shown.map(({ id, state, found }, index) => {
        const height = state === "failed" ? HEIGHT : Math.max(LEAST, (found / most) * HEIGHT);
        return (
          <rect
            key={id}
            className={`spark spark-${state}`}
            x={index * (WIDTH + GAP)}
            y={HEIGHT - height}
            width={WIDTH}
            height={height}
            rx={1}
          />
        );
      })}
    </svg>
  );
}

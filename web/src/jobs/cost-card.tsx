import { useQuery } from "@tanstack/react-query";
import type { Job } from "../api/resources.ts";
import { dollars } from "../elements/money.ts";
import { FactList } from "../elements/fact-list.tsx";
import { jobCost } from "./job-queries.ts";
import { hasEnded } from "./job-state-mark.tsx";

const BUSY_MS = 5_000;

/** What a job took of models: for most there is nothing to tell, which is worth saying. */
export function CostCard({ job }: { job: Job }) {
  const { data: cost } = useQuery({ ...jobCost(job.id), refetchInterval: hasEnded(job) ? false : BUSY_MS });
  if (!cost) return null;
  const { questions, cached, failed, inputTokens, outputTokens, usd } = cost;
  return (
    <section className="card" aria-label="Cost">
      <h2>Cost</h2>
      {questions === 0 ? (
        <p>No model was asked{cached > 0 ? `: ${cached} answers were known from before` : ""}.</p>
      ) : (
        <FactList
          facts={[
            ["Questions", failed === 0 ? questions : `${questions}, of which ${failed} failed`],
            ["Known before", cached === 0 ? null : cached],
            ["Tokens", `${count(inputTokens)} in, ${count(outputTokens)} out`],
            ["Price", usd === null ? "not known" : dollars(usd)],
          ]}
        />
      )}
    </section>
  );
}

function count(tokens: number): string {
  return tokens.toLocaleString();
}

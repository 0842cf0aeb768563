import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "../elements/empty-state.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Screen } from "../elements/screen.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { openMatters } from "./attention-queries.ts";
import { MatterCard } from "./matter-card.tsx";

/** What Gleaner does not decide by itself: walls, changed pages, paused portals, lists that shrank. */
export function AttentionScreen() {
  const { data: matters, error, refetch } = useQuery(openMatters);
  return (
    <Screen title="Needs a person" beside={matters && matters.length > 0 && <span>{matters.length}</span>}>
      {error && !matters ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : !matters ? (
        <Waiting what="what needs a person" />
      ) : matters.length === 0 ? (
        <EmptyState title="Nothing needs a person.">
          <p>
            A job that stands before a log-in or a CAPTCHA, a page that changed, a list that shrank: they wait here.
          </p>
        </EmptyState>
      ) : (
        <ol className="matters">
          {matters.map((matter) => (
            <li key={matter.id}>
              <MatterCard matter={matter} />
            </li>
          ))}
        </ol>
      )}
    </Screen>
  );
}

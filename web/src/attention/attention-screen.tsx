import { useInfiniteQuery } from "@tanstack/react-query";
import { moreOf } from "../api/more-pages.ts";
import { EmptyState } from "../elements/empty-state.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { MoreButton } from "../elements/more-button.tsx";
import { Screen } from "../elements/screen.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { openMatters } from "./attention-queries.ts";
import { MatterCard } from "./matter-card.tsx";

/** What Gleaner does not decide by itself: walls, changed pages, paused portals, lists that shrank. */
export function AttentionScreen() {
  const list = useInfiniteQuery(openMatters);
  const { data, error, refetch, hasNextPage } = list;
  const matters = data?.pages.flatMap(({ items }) => items);
  const more = moreOf(list);
  return (
    <Screen
      title="Needs a person"
      beside={
        matters &&
        matters.length > 0 && (
          <span className="muted" role="status">
            {hasNextPage ? `the ${matters.length} that wait longest` : matters.length}
          </span>
        )
      }
    >
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
        <>
          <ol className="matters">
            {matters.map((matter) => (
              <li key={matter.id}>
                <MatterCard matter={matter} />
              </li>
            ))}
          </ol>
          {more && <MoreButton onMore={more} isReading={list.isFetchingNextPage} error={error} />}
        </>
      )}
    </Screen>
  );
}

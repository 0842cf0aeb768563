import { useInfiniteQuery } from "@tanstack/react-query";
import { EmptyState } from "../elements/empty-state.tsx";
import { PagedList } from "../elements/paged-list.tsx";
import { Screen } from "../elements/screen.tsx";
import { openMatters } from "./attention-queries.ts";
import { MatterCard } from "./matter-card.tsx";

/** What Gleaner does not decide by itself: walls, changed pages, paused portals, lists that shrank. */
export function AttentionScreen() {
  const list = useInfiniteQuery(openMatters);
  const count = list.data?.pages.flatMap(({ items }) => items).length ?? 0;
  return (
    <Screen
      title="Needs a person"
      beside={
        count > 0 && (
          <span className="muted" role="status">
            {list.hasNextPage ? `the ${count} that wait longest` : count}
          </span>
        )
      }
    >
      <PagedList
        pages={list}
        what="what needs a person"
        more="Show more"
        empty={
          <EmptyState title="Nothing needs a person.">
            <p>
              A job that stands before a log-in or a CAPTCHA, a page that changed, a list that shrank: they wait here.
            </p>
          </EmptyState>
        }
      >
        {(matters) => (
          <ol className="matters">
            {matters.map((matter) => (
              <li key={matter.id}>
                <MatterCard matter={matter} />
              </li>
            ))}
          </ol>
        )}
      </PagedList>
    </Screen>
  );
}

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { moreOf } from "../api/more-pages.ts";
import { FailureNote } from "./failure-note.tsx";
import { MoreButton } from "./more-button.tsx";
import { Waiting } from "./waiting.tsx";

interface ListProps<Item> {
  pages: UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>>;
  /** What is read, as people call it. */
  what: string;
  /** The words of the button to the next page. */
  more: string;
  /** What stands there when nothing is on the list. */
  empty: ReactNode;
  children: (items: readonly Item[]) => ReactNode;
}

/** A list that is read page after page: while it is read, when it cannot be read, when nothing is on it, and its end. */
export function PagedList<Item>({ pages, what, more, empty, children }: ListProps<Item>) {
  const { data, error, refetch, isFetchingNextPage } = pages;
  if (!data) return error ? <FailureNote error={error} onRetry={() => void refetch()} /> : <Waiting what={what} />;
  const items = data.pages.flatMap((page) => page.items);
  const onMore = moreOf(pages);
  return (
    <>
      {items.length === 0 ? empty : children(items)}
      {onMore && <MoreButton words={more} onMore={onMore} isReading={isFetchingNextPage} error={error} />}
    </>
  );
}

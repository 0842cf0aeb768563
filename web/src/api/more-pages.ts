interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** Reads the next page of a list; undefined where there is none. */
export function moreOf({ hasNextPage, isFetchingNextPage, fetchNextPage }: Paged): (() => void) | undefined {
  return hasNextPage ? () => void (isFetchingNextPage || fetchNextPage()) : undefined;
}

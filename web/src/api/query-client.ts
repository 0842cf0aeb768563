import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiFailure } from "./api-failure.ts";

const FRESH_MS = 15_000;
const TRIES = 2;

/** What was read stays for a quarter of a minute. Only what may pass is asked again; who is not signed in is sent to do so. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown): void => {
    if (error instanceof ApiFailure && error.status === 401) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // A server on this machine answers also where there is no network.
      mutations: { networkMode: "always" },
      queries: {
        networkMode: "always",
        staleTime: FRESH_MS,
        retry: (failures, error) =>
          failures < TRIES && error instanceof ApiFailure && (error.status === 0 || error.status >= 500),
      },
    },
  });
}

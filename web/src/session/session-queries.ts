import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answerOf, api, done } from "../api/client.ts";
import type { Session, Who } from "../api/resources.ts";

const FRESH_MS = 60_000;

/** Who is at this browser, and whether somebody has to be. */
export const session = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/session", { signal })),
  staleTime: FRESH_MS,
});

/** Who is signed in; every screen but that of signing in is shown only once this is known. */
export function useWho(): Who | null {
  return useQuery(session).data?.who ?? null;
}

const RANK: Readonly<Record<Who["role"], number>> = { bot: 0, viewer: 1, operator: 2, admin: 3 };

export type Role = "viewer" | "operator" | "admin";

/** Whether a person of this role may do what asks for `needed`, as the API decides it. */
export function permits(who: Who | null, needed: Role): boolean {
  return who !== null && RANK[who.role] >= RANK[needed];
}

/** Whether who is signed in may do what asks for `needed`: a button that would be refused is not shown. */
export function useMay(needed: Role): boolean {
  return permits(useWho(), needed);
}

/** Takes over who a sign-in, or a changed password, made of us. Nothing that somebody else has read is shown. */
function useBegin() {
  const queries = useQueryClient();
  return (begun: Session): void => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    queries.setQueryData(session.queryKey, begun);
  };
}

export function useSignIn() {
  return useMutation({
    mutationFn: (body: { name: string; password: string }) => answerOf(api.POST("/api/v1/session", { body })),
    onSuccess: useBegin(),
  });
}

export function useSetUp() {
  return useMutation({
    mutationFn: (body: { code: string; name: string; password: string }) =>
      answerOf(api.POST("/api/v1/session/set-up", { body })),
    onSuccess: useBegin(),
  });
}

export function useChangePassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { current: string; next: string }) => answerOf(api.PUT("/api/v1/session/password", { body })),
    onSuccess: (begun) => queries.setQueryData(session.queryKey, begun),
  });
}

/** Signs out, and leaves the page altogether: nothing that was read stays in its memory. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => done(api.DELETE("/api/v1/session")),
    onSuccess: () => window.location.assign("/sign-in"),
  });
}

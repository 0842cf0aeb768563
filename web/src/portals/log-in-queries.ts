import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiFailure } from "../api/api-failure.ts";
import { answerOf, api, done } from "../api/client.ts";
import type { LogInReport, PortalLogIn } from "../api/resources.ts";
import { logInBody, type LogInDraft } from "./log-in-fields.tsx";

/** How the program signs in at a portal; null where nobody gave a log-in. */
export function logInOf(portalId: string) {
  return queryOptions({
    queryKey: ["portal-login", portalId],
    queryFn: async ({ signal }): Promise<PortalLogIn | null> => {
      try {
        return await answerOf(api.GET("/api/v1/portals/{portalId}/login", { params: { path: { portalId } }, signal }));
      } catch (error) {
        if (error instanceof ApiFailure && error.code === "login_not_set") return null;
        throw error;
      }
    },
  });
}

export function useSetLogIn(portalId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (draft: LogInDraft) =>
      answerOf(api.PUT("/api/v1/portals/{portalId}/login", { params: { path: { portalId } }, body: logInBody(draft) })),
    onSuccess: (login) => queries.setQueryData(["portal-login", portalId], login),
  });
}

export function useForgetLogIn(portalId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => done(api.DELETE("/api/v1/portals/{portalId}/login", { params: { path: { portalId } } })),
    onSuccess: () => queries.setQueryData(["portal-login", portalId], null),
  });
}

/** Signs in once. The answer takes as long as the portal does. */
export function useTestLogIn(portalId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (): Promise<LogInReport> =>
      answerOf(api.POST("/api/v1/portals/{portalId}/login/test", { params: { path: { portalId } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["portal-login", portalId] }),
  });
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { operations } from "../api/api-schema.d.ts";
import { answerOf, api, done } from "../api/client.ts";
import type { Portal } from "../api/resources.ts";
import { startJob } from "./learn-portal.ts";

/** Sends a job now, and goes there to watch it. */
export function useRunNow() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: startJob,
    onSuccess: (jobId) => {
      void queries.invalidateQueries({ queryKey: ["jobs"] });
      void navigate({ to: "/jobs/$jobId", params: { jobId } });
    },
  });
}

/** Pauses a portal for a reason, or lets it go on. */
export function usePause(portalId: string) {
  const keep = useKeepPortal();
  return useMutation({
    mutationFn: (reason: string | null) => {
      const params = { path: { portalId } };
      return answerOf(
        reason === null
          ? api.POST("/api/v1/portals/{portalId}/resume", { params })
          : api.POST("/api/v1/portals/{portalId}/pause", { params, body: { reason } }),
      );
    },
    onSuccess: keep,
  });
}

/** What a person may say about a portal; what is left out stays as it is. */
export type PortalChange = NonNullable<operations["changePortal"]["requestBody"]>["content"]["application/json"];

export function useChangePortal(portalId: string) {
  const keep = useKeepPortal();
  return useMutation({
    mutationFn: (body: PortalChange) =>
      answerOf(api.PATCH("/api/v1/portals/{portalId}", { params: { path: { portalId } }, body })),
    onSuccess: keep,
  });
}

/** Takes a portal away that no job has ever read, and goes back to the others. */
export function useDeletePortal(portalId: string) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => done(api.DELETE("/api/v1/portals/{portalId}", { params: { path: { portalId } } })),
    onSuccess: async () => {
      await navigate({ to: "/portals" });
      await queries.invalidateQueries({ queryKey: ["portals"] });
    },
  });
}

/** Shows what the API answered at once, and reads the list again. */
function useKeepPortal() {
  const queries = useQueryClient();
  return (portal: Portal) => {
    queries.setQueryData(["portal", portal.id], portal);
    void queries.invalidateQueries({ queryKey: ["portals"] });
  };
}

import { answerOf, api } from "../api/client.ts";
import type { operations } from "../api/api-schema.d.ts";
import type { Portal } from "../api/resources.ts";

/** A portal whose list a job is learning. */
export interface Learning {
  portal: Portal;
  jobId: string;
}

type NewPortal = NonNullable<operations["addPortal"]["requestBody"]>["content"]["application/json"];

/** It is not looked at by itself until somebody has seen what was learnt. */
export function addUnwatched(said: Omit<NewPortal, "watched">): Promise<Portal> {
  return answerOf(api.POST("/api/v1/portals", { body: { ...said, watched: false } }));
}

/** Sends a job for a portal. Returns its id. */
export async function startJob(portalId: string): Promise<string> {
  const params = { path: { portalId } };
  return (await answerOf(api.POST("/api/v1/portals/{portalId}/run", { params }))).jobId;
}

export async function cancelJob(jobId: string): Promise<void> {
  await answerOf(api.POST("/cancel/{jobId}", { params: { path: { jobId } } }));
}

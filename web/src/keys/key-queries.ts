import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answerOf, api, done } from "../api/client.ts";
import type { ApiKey } from "../api/resources.ts";

export const KEY_ROLES = [
  { value: "viewer", label: "viewer: reads everything but accounts, keys and the audit trail" },
  { value: "operator", label: "operator: also runs jobs and changes portals" },
  { value: "admin", label: "admin: also makes accounts and keys" },
  { value: "bot", label: "bot: does the work of a bot, and nothing else" },
] as const satisfies readonly { value: ApiKey["role"]; label: string }[];

/** Every key that was ever made. */
export const allKeys = queryOptions({
  queryKey: ["keys"],
  queryFn: async ({ signal }) => (await answerOf(api.GET("/api/v1/keys", { signal }))).items,
});

interface NewKey {
  name: string;
  role: ApiKey["role"];
  expiresAt?: string;
}

export function useCreateKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewKey) => answerOf(api.POST("/api/v1/keys", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: allKeys.queryKey }),
    // What it answered has the key itself.
    gcTime: 0,
  });
}

export function useRevokeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (keyId: string) => done(api.DELETE("/api/v1/keys/{keyId}", { params: { path: { keyId } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: allKeys.queryKey }),
  });
}

/** Whether it opens anything: a key that has run out is as good as revoked. */
export function keyState({ revokedAt, expiresAt }: ApiKey, now: number): "active" | "revoked" | "expired" {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && Date.parse(expiresAt) <= now ? "expired" : "active";
}

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import type { User } from "../api/resources.ts";

export const ROLES = [
  { value: "viewer", label: "viewer: looks" },
  { value: "operator", label: "operator: runs jobs and decides" },
  { value: "admin", label: "admin: lets others in" },
] as const satisfies readonly { value: User["role"]; label: string }[];

/** Everybody who has an account, by name. */
export const allUsers = queryOptions({
  queryKey: ["users"],
  queryFn: async ({ signal }) => (await answerOf(api.GET("/api/v1/users", { signal }))).items,
});

export function useAddUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; role: User["role"] }) => answerOf(api.POST("/api/v1/users", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: allUsers.queryKey }),
  });
}

export function useChangeUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ userId, ...body }: { userId: string; role?: User["role"]; disabled?: boolean }) =>
      answerOf(api.PATCH("/api/v1/users/{userId}", { params: { path: { userId } }, body })),
    onSettled: () => queries.invalidateQueries({ queryKey: allUsers.queryKey }),
  });
}

export function useResetPassword() {
  return useMutation({
    mutationFn: (userId: string) =>
      answerOf(api.POST("/api/v1/users/{userId}/password", { params: { path: { userId } }, body: {} })),
  });
}

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { allPortals } from "./portal-queries.ts";

/** What people call a portal; its id until that is known. */
export function usePortalNames(): (portalId: string) => string {
  const { data } = useQuery(allPortals);
  return useMemo(() => {
    const names = new Map(data?.map(({ id, name }) => [id, name]));
    return (portalId) => names.get(portalId) ?? portalId;
  }, [data]);
}

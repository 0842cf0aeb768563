import type { RequestStep } from "../pagination/pagination.ts";
import type { DataRequest } from "./data-request.ts";

/** Asks as a page's script would. Without a number it is the first part. */
export function requestStep({ url, method = "GET", headers = {}, body }: DataRequest, page?: number): RequestStep {
  return {
    kind: "request",
    url,
    method,
    headers,
    ...(body ? { body } : {}),
    role: "next",
    label: "",
    ...(page === undefined ? {} : { page }),
  };
}

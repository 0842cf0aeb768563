import type { DataPaging } from "../pagination/data-paging-rule.ts";
import type { Recipe } from "../recipe.ts";
import type { RequestStep } from "../pagination/pagination.ts";
import type { Endpoint } from "./endpoint.ts";
import { requestStep } from "./request-step.ts";

/** What asks for the first part of an endpoint. */
export function firstPart(endpoint: Endpoint): RequestStep {
  return requestStep(endpoint);
}

/** The recipe that reads the endpoint instead of the page: the same columns, another way to them. */
export function endpointRecipe(recipe: Recipe, { url, list, fields, paging }: Endpoint): Recipe {
  return {
    ...recipe,
    entry: { url },
    transport: "http",
    list,
    fields,
    pagination: pagedByData(paging),
  };
}

/** A list whose parts are data: no control leads on, the answer or its address does. */
export function pagedByData(paging: DataPaging | null): Recipe["pagination"] {
  const plain = { next: null, addresses: null };
  return paging ? { kind: "offset", ...plain, data: paging } : { kind: "none", ...plain };
}

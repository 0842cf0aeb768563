import { endpointList, LIST_PATH, shownRecords, type EndpointListOptions } from "../endpoint-lists.ts";
import type { EndpointKind } from "../endpoint-answers.ts";
import type { Portal } from "../portal.ts";

interface Plan extends Partial<EndpointListOptions> {
  readonly name: string;
  readonly on: EndpointKind;
  readonly completeness?: Portal["truth"]["completeness"];
  readonly stopped?: string;
}

function endpointPortal({ name, on, completeness = "complete", stopped, ...options }: Plan): Portal {
  const { count = 29, size = 8, ...rest } = options;
  return {
    name,
    kind: "JSON endpoint",
    needs: "browser",
    path: LIST_PATH,
    open: () => endpointList(on, { count, size, ...rest }),
    truth: { records: shownRecords(count), completeness, ...(stopped === undefined ? {} : { stopped }) },
  };
}

/** Lists that a script draws from an endpoint, whether the endpoint can be read or only the page. */
export const ENDPOINT_PORTALS: readonly Portal[] = [
  endpointPortal({ name: "an endpoint with page numbers and a total", on: "page number" }),
  endpointPortal({ name: "an endpoint with offset and limit", on: "offset" }),
  endpointPortal({ name: "an endpoint with a cursor", on: "cursor" }),
  endpointPortal({ name: "an endpoint that links to its next part", on: "next link" }),
  endpointPortal({ name: "an endpoint that tells total and next part in headers", on: "headers" }),
  endpointPortal({ name: "an endpoint whose last part is short", on: "short last page" }),
  endpointPortal({
    name: "an endpoint that gives its last part for ever",
    on: "endless pages",
    count: 24,
    completeness: "unknown",
    stopped: "repeated_page",
  }),
  endpointPortal({ name: "an endpoint that is asked with posted JSON", on: "posted JSON" }),
  endpointPortal({ name: "an endpoint that is asked with a posted form", on: "posted form" }),
  endpointPortal({ name: "a GraphQL endpoint", on: "GraphQL" }),
  endpointPortal({ name: "an endpoint whose records stand in groups", on: "groups" }),
  endpointPortal({ name: "state in the page, an endpoint for the rest", on: "page number", state: true }),
  endpointPortal({ name: "an endpoint that only a GraphQL mutation reads", on: "a mutation" }),
  endpointPortal({ name: "an endpoint that wants the page's token in a header", on: "page number", token: "header" }),
  endpointPortal({ name: "an endpoint that wants the page's token in its body", on: "posted JSON", token: "body" }),
];

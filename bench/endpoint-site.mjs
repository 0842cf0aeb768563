// A list that a script draws from a JSON endpoint, in a process of its own: `node bench/endpoint-site.mjs [PAGES]` prints its address.
import { endpointList } from "../tests/sites/endpoint-lists.ts";
import { startSite } from "../tests/sites/local-site.ts";

const [pages, size] = [Number(process.argv[2] ?? 25), 20];
const site = await startSite(endpointList("page number", { count: pages * size, size }));
console.log(site.url);

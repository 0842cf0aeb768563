// `npm run bench:endpoint [-- PAGES [ROUNDS]]`: one list read from the endpoint of its script, and from its page in a browser, in turns.
import { LIST_PATH } from "../tests/sites/endpoint-lists.ts";
import { openPortalLab } from "../tests/sites/portal-lab.ts";
import { compete, cpuMs, environment, serve } from "./measure.mjs";

const [pages, rounds] = [Number(process.argv[2] ?? 25), Number(process.argv[3] ?? 3)];
const site = await serve("endpoint-site.mjs", String(pages));
const lab = await openPortalLab();
try {
  const allowHosts = [new URL(site.url).host];
  const { recipe, recipeId } = await lab.harvester.learn({ url: `${site.url}${LIST_PATH}`, allowHosts });
  if (!recipe?.endpoint) throw new Error("The endpoint was not learnt.");
  const replay = async (transport) => {
    const [began, cpuBefore] = [performance.now(), process.cpuUsage()];
    const result = await lab.harvester.harvest({ recipeId, allowHosts, transport });
    if (result.completeness.state !== "complete") throw new Error(result.completeness.reason);
    const [ms, cpu] = [performance.now() - began, cpuMs(cpuBefore)];
    return { pages: result.pages, records: result.recordCount, ms, cpu };
  };
  console.log(`A list of ${pages} parts of 20 records, evidence stored; ${environment()}`);
  const speed = await compete(
    { "from the endpoint": () => replay("auto"), "from the page, in a browser": () => replay("browser") },
    rounds,
  );
  const ratio = speed["from the endpoint"] / speed["from the page, in a browser"];
  console.log(`the endpoint is ${ratio.toFixed(1)} times as fast`);
} finally {
  await lab.close();
  site.close();
}

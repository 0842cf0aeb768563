export { startDemoSite, type DemoSite } from "./demo-site.ts";
export type { Tender } from "./tender.ts";

export type { Page, PageSource } from "./page/page.ts";
export { parsePage } from "./page/parse-page.ts";

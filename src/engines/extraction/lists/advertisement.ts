import { isTag } from "domhandler";
import type { PageOutline } from "../outline/page-outline.ts";
import type { Item } from "./items.ts";

const CLASS =
  /(?:^|\s)(?:(?:is-|card-|item-|result-)?(?:sponsored|advert|advertisement|advertorial|promoted|native-ad)|ad|ads)(?=$|\s)/i;
const WORD = /sponsored|advert|anzeige|werbung|publicité|publicidad|promoted|pubblicità|advertentie|reklama|реклама/iu;
const LINE =
  /^(?:sponsored(?: (?:content|post|listing|result|by .{1,40}))?|advert(?:isement)?|anzeige|werbung|publicité|publicidad|promoted(?: by .{1,40})?|pubblicità|advertentie|reklama|реклама):?$/iu;
const MAX_LOOK = 400;
/** Where more of the items say so, it is a field of the records. */
const MOST = 0.34;

/** The items that are no advertisements between records, drawn like them. */
export function withoutAdvertisements<One extends Item>(items: readonly One[], outline: PageOutline): readonly One[] {
  const kept = items.filter((item) => !isAdvertisement(item, outline));
  return kept.length === items.length || items.length - kept.length > items.length * MOST ? items : kept;
}

/** Whether the text of an item could be that of an advertisement: a quick look, which the words of a record may deceive. */
export const mayBeAdvertisement = (text: string): boolean => WORD.test(text.slice(0, MAX_LOOK));

/** It is classed as one, or says so on a line of its own. */
export function isAdvertisement({ nodes: [node] }: Pick<Item, "nodes">, outline: PageOutline): boolean {
  if (!node || !isTag(node)) return false;
  if (CLASS.test(node.attribs["class"] ?? "")) return true;
  const span = outline.spanOf(node);
  if (!span || !mayBeAdvertisement(outline.text.slice(span[0], span[1]))) return false;
  return outline.linesIn(span).some(([start, end]) => end - start <= 60 && LINE.test(outline.text.slice(start, end)));
}

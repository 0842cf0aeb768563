/** What a control says that brings a whole list instead of one page, in the languages of the pagers. */
const PHRASES = [
  /^(?:show|view|see|display|list|browse) all(?: \d[\d.,]*)?(?: \p{L}+){0,3}$/iu,
  /^all(?: \d[\d.,]*)?(?: (?:results?|records?|entries|items|tenders?|notices?|opportunities|pages|listings?))?$/iu,
  /^(?:alle|alles)(?: \d[\d.,]*)?(?: (?:ergebnisse|einträge|treffer|ausschreibungen|bekanntmachungen))?(?: (?:anzeigen|ansehen|zeigen|tonen|weergeven|bekijken))?$/iu,
  /^(?:toon|vis|visa) (?:alle|alles|alla)(?: \p{L}+){0,2}$/iu,
  /^(?:voir|afficher) (?:tous|toutes|tout)(?: \p{L}+){0,3}$|^tout (?:voir|afficher)$/iu,
  /^(?:ver|mostrar) (?:todos|todas|todo|tudo)(?: \p{L}+){0,3}$/iu,
  /^(?:vedi|mostra|visualizza) (?:tutti|tutte|tutto)(?: \p{L}+){0,3}$/iu,
  /^(?:pokaż wszystkie|wszystkie|zobrazit vše|zobraziť všetko|mutasd mind|arată toate|näytä kaikki|tümünü göster)$/iu,
  /^(?:показать все|показать всё|все записи|показати всі)$/iu,
  /^(?:すべて表示|全て表示|全件表示|すべて見る|查看全部|显示全部|顯示全部|전체 ?보기|모두 보기)$/iu,
];

const LONGEST = 60;

export function isShowAll(label: string): boolean {
  if (label.length > LONGEST) return false;
  const text = label
    .replace(/[»›→▶>…().[\]]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return PHRASES.some((phrase) => phrase.test(text));
}

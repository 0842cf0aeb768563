/** How pagers name their controls, in the main European and some other languages. Lower case, without marks of case. */
const WORDS = {
  next:
    "next|continue|continued|forward|siguiente|siguientes|próximo|próxima|proximo|proxima|seguinte|suivant|suivante|suivants|suivantes|" +
    "weiter|nächste|nächster|nächstes|naechste|vor|vorwärts|volgende|verder|successivo|successiva|successivi|avanti|prossimo|prossima|" +
    "następna|następny|następne|dalej|další|následující|ďalšia|ďalej|nasledujúca|следующая|следующий|след|следующие|далее|вперед|вперёд|дальше|" +
    "наступна|далі|вперед|следваща|напред|следећа|sljedeća|slijedeća|naslednja|naprej|nästa|neste|næste|seuraava|következő|tovább|" +
    "următoarea|următorul|urmatoarea|înainte|sonraki|ileri|επόμενη|επόμενο|επόμενα|kitas|toliau|nākamā|nākošā|järgmine|" +
    "التالي|التالية|הבא|下一页|下一頁|下页|下頁|后页|次へ|次のページ|次の|次|次頁|다음|ถัดไป|berikutnya|selanjutnya|tiếp|sau|newer|newer posts|新しい投稿",
  prev:
    "prev|previous|back|anterior|anteriores|précédent|précédente|precedent|zurück|zurueck|vorherige|vorheriger|vorige|vorig|terug|" +
    "precedente|precedenti|indietro|poprzednia|poprzedni|wstecz|předchozí|predchozi|predchádzajúca|späť|предыдущая|предыдущий|пред|назад|" +
    "попередня|предишна|претходна|prethodna|prejšnja|nazaj|föregående|forrige|edellinen|előző|anterioara|anterioară|înapoi|" +
    "önceki|geri|προηγούμενη|προηγούμενο|ankstesnis|iepriekšējā|eelmine|السابق|السابقة|הקודם|上一页|上一頁|上页|前へ|前のページ|前の|前|" +
    "이전|ก่อนหน้า|sebelumnya|trước|older|older posts|過去の投稿",
  first:
    "first|erste|anfang|première|premier|primera|primero|primeira|prima|primo|eerste|pierwsza|první|первая|в начало|första|første|首页|最初|最初へ|처음",
  last: "last|letzte|ende|dernière|dernier|última|ultima|último|ultimo|laatste|ostatnia|poslední|последняя|в конец|sista|siste|sidste|末页|尾页|最後|最後へ|마지막",
  more:
    "load more|show more|view more|see more|more results|load next|show next|view next|see next|show more results|load more results|mehr laden|mehr anzeigen|weitere anzeigen|weitere laden|" +
    "weitere ergebnisse|mehr ergebnisse|voir plus|afficher plus|charger plus|plus de résultats|cargar más|ver más|mostrar más|más resultados|ver mais|" +
    "mostrar mais|carregar mais|carica altro|carica altri|mostra altro|mostra altri|meer laden|toon meer|meer weergeven|laad meer|показать ещё|показать еще|" +
    "загрузить ещё|загрузить еще|показати ще|visa fler|ladda fler|vis flere|last flere|hent flere|indlæs flere|näytä lisää|lataa lisää|pokaż więcej|załaduj więcej|" +
    "načíst další|zobrazit další|zobrazit více|zobraziť viac|több betöltése|további találatok|încarcă mai multe|daha fazla|daha fazla göster|prikaži više|" +
    "φόρτωση περισσότερων|تحميل المزيد|عرض المزيد|טען עוד|加载更多|查看更多|載入更多|もっと見る|さらに表示|더 보기|더보기",
} as const;

/** Words that stand beside the above without changing what they mean. */
const FILLERS = new Set(
  (
    "page pages go to the results result entries records items set of seite seiten zur ergebnisse page pagina página paginas páginas pagine risultati " +
    "strona strony strana stránka страница стр страницы sida side sivu oldal pagină sayfa σελίδα posts post entradas articles » « › ‹ > < → ← de la la los las le les a al à aller ir vai alla gehe"
  ).split(" "),
);

/** Names of chronological order: lists of news go on with what is older, whatever their pagers call it. */
const OLDER =
  /(^|[^\p{L}])(older|ältere|plus ancien(?:ne)?s?|antiguas|más antiguos|mais antig[ao]s|meno recenti|oudere?|eldre|äldre|ældre|vanhemmat|starsze|starší|régebbiek?|mai vechi|daha eski|παλαιότερα|старые|ранние|古い|過去)(?![\p{L}])/u;

const RIGHT = /^(?:[>»›→▶►⟩❯⇒➔➜≫＞⏵▸]|&gt;)$/u;
const LEFT = /^[<«‹←◀◄⟨❮⇐≪＜⏴◂]$/u;

/** Fonts of icons draw an arrow where its name is written. */
const ICON_NAME =
  /^(?:keyboard_)?(?:double_)?(?:chevron|arrow|navigate|arrow_drop)_(right|left|next|before|forward|back)(?:_ios)?(?:_new)?$/;

export type PagerWord = keyof typeof WORDS;
export type Arrow = "right" | "left" | "far-right" | "far-left";

/** What a label says to a pager. */
export interface PagerLabel {
  /** Set when the label says this and nothing else. */
  readonly word: PagerWord | null;
  /** Said among other words. */
  readonly mentions: ReadonlySet<PagerWord>;
  readonly arrow: Arrow | null;
  /** The label is a page number, or a number with the word for page. */
  readonly number: number | null;
  readonly isOlder: boolean;
  readonly wordCount: number;
}

const ROLE_OF = new Map<string, PagerWord>();
for (const role of ["next", "prev", "first", "last", "more"] as const)
  for (const phrase of WORDS[role].split("|")) ROLE_OF.set(phrase, role);

const PHRASES = [...ROLE_OF.keys()].filter((phrase) => phrase.includes(" "));
const NO_WORDS: PagerLabel = {
  word: null,
  mentions: new Set(),
  arrow: null,
  number: null,
  isOlder: false,
  wordCount: 0,
};

/** Pages of one listing say the same again and again. */
const READ = new Map<string, PagerLabel>();
const MAX_READ = 2000;
const MAX_WORDS = 8;

/** Reads a label. Anything long is prose, not a pager's label. */
export function readPagerLabel(label: string): PagerLabel {
  const known = READ.get(label);
  if (known) return known;
  const read = readAfresh(label);
  if (READ.size >= MAX_READ) READ.clear();
  if (label.length <= 60) READ.set(label, read);
  return read;
}

function readAfresh(label: string): PagerLabel {
  const text = label.toLowerCase().replace(/\s+/g, " ").trim();
  const icon = ICON_NAME.exec(text)?.[1];
  if (icon) return { ...NO_WORDS, arrow: /left|before|back/.test(icon) ? "left" : "right" };
  if (text === "" || text.length > 60) return { ...NO_WORDS, wordCount: text.length > 60 ? 10 : 0 };
  const { arrow, rest } = splitArrow(text);
  const number = /^(?:[\p{L}.]{0,9} ?)?[[(]?(\d{1,5})[\])]?$/u.exec(rest);
  const bare = rest
    .replace(/[().,:…[\]|–—-]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const wordCount = bare === "" ? 0 : bare.split(" ").length;
  const mentions = wordCount > MAX_WORDS ? NO_WORDS.mentions : mentionsOf(bare);
  return {
    word: wordOf(bare),
    mentions,
    arrow,
    number: number && isNumberLabel(rest) ? Number(number[1]) : null,
    isOlder: OLDER.test(text),
    wordCount,
  };
}

function splitArrow(text: string): { arrow: Arrow | null; rest: string } {
  const signs = [...text].filter((sign) => RIGHT.test(sign) || LEFT.test(sign));
  const rest = [...text].filter((sign) => !signs.includes(sign)).join("");
  const isRight = signs.every((sign) => RIGHT.test(sign));
  if (signs.length === 0 || (!isRight && signs.some((sign) => RIGHT.test(sign)))) return { arrow: null, rest };
  const isFar = signs.length > 1 || /[|¦]/.test(rest);
  return { arrow: isRight ? (isFar ? "far-right" : "right") : isFar ? "far-left" : "left", rest: rest.trim() };
}

function isNumberLabel(text: string): boolean {
  const word = /^[\p{L}.]+/u.exec(text)?.[0].replace(".", "");
  return word === undefined || FILLERS.has(word);
}

function wordOf(text: string): PagerWord | null {
  const exact = ROLE_OF.get(text);
  if (exact) return exact;
  const words = text.split(" ").filter((word) => !FILLERS.has(word) && !/^\d+$/.test(word));
  const role = words.length <= 2 ? ROLE_OF.get(words.join(" ")) : undefined;
  return role ?? ROLE_OF.get(text.replace(COUNTED, "")) ?? (LOADS_THINGS.test(text) ? "more" : null);
}

/** "Load more opportunities", but not "Show more filters". */
const LOADS_THINGS =
  /^(?:load|show) (?:\d{1,4} )?more (?!(?:filters?|options?|details?|info|information|about)$)\p{L}+$/u;

/** "Next 20 matches": whatever a site calls its records, their number says that they are counted. */
const COUNTED = / \d{1,4} \p{L}+(?: \p{L}+)?$/u;

function mentionsOf(text: string): Set<PagerWord> {
  const found = new Set<PagerWord>();
  for (const word of text.split(/[^\p{L}\p{M}]+/u)) {
    const role = ROLE_OF.get(word);
    if (role) found.add(role);
  }
  for (const phrase of PHRASES) {
    const role = ROLE_OF.get(phrase);
    if (role && text.includes(phrase)) found.add(role);
  }
  return found;
}

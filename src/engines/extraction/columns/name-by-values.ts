/** In how many of its values a column must look like something to be named after it. */
const SHARE = 0.6;
const MAX_NAME = 90;

const ORGANISATION =
  /(?<!\p{L})(?:departments?|dept|ministry|council|county|city of|town of|borough|university|college|authority|agency|board|commission|bureau|office of|district|trust|hospital|schools?|corporation|association|stadt|gemeinde|landkreis|land|kreis|universität|klinikum|stadtwerke|bundesamt|landesbetrieb|commune|mairie|ville de|région|département|syndicat|université|ministère|préfecture|ayuntamiento|diputación|consejería|ministerio|universidad|junta|comune|provincia|regione|ministero|università|azienda|câmara|prefeitura|município|ministério|gemeente|provincie|waterschap|universiteit|gmina|miasto|urząd|powiat|szpital|uniwersytet|kommun|kommune|администрация|министерство|департамент|управление|больница|университет)(?!\p{L})/iu;
const COURT = /(?<!\p{L})(?:courts?|tribunal|gericht\p{L}*|cour)(?!\p{L})/iu;
const PLACE =
  /\d+[A-Za-z]?\s+(?:\p{Lu}[\p{L}.'’-]*\s+){1,4}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|close|court|ct|place|pl|crescent|cres|terrace|tce|way|highway|hwy|boulevard|blvd|parade|pde)(?![\p{L}])|(?<!\p{L})(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT)\s+\d{4}(?!\d)|\p{L}(?:straße|str\.|weg|platz|straat|laan)\s+\d/iu;

const MAX_CODE = 30;
/** Capitals and digits: `No. 24-1182`, `2031 CA 0417`, `ITB 24-017`. */
const CODE =
  /^(?:(?:No|Nos|Nr|Case|Docket|Ref)[.:]?\s*)?(?=\P{Nd}*\p{Nd})(?=.*(?:\p{Lu}|\p{Nd}[-/.]\p{Nd}))[\p{Lu}\p{Nd}][\p{Lu}\p{Nd}./-]*(?:\s[\p{Lu}\p{Nd}./-]+){0,3}$/u;

/** Sentences: many words, a full stop at the end. */
const SENTENCE = /^(?=.{45,})\S+(?:\s+\S+){6,}[.!?…]["”)]?$/su;

/** What texts that nothing on the page names look like: `reference`, `organization`, `court`, `location`, `description`. */
export function nameByValues(texts: readonly string[]): string | null {
  if (texts.length === 0) return null;
  const looks = (pattern: RegExp, longest: number): boolean =>
    texts.filter((text) => text.length <= longest && pattern.test(text)).length >= texts.length * SHARE;
  if (looks(SENTENCE, Infinity)) return "description";
  if (looks(CODE, MAX_CODE)) return "reference";
  if (looks(PLACE, MAX_NAME * 2)) return "location";
  if (looks(COURT, MAX_NAME)) return "court";
  if (looks(ORGANISATION, MAX_NAME)) return "organization";
  return null;
}

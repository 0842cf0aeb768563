/** `closingDate`, `closing_date` and `Closing date:` all read `closing date`. */
export function wordsOf(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/°/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Singular where English makes plurals with s. */
export function stem(word: string): string {
  if (word.length < 4 || word.endsWith("ss") || word.endsWith("us")) return word;
  return word.replace(/ies$/, "y").replace(/s$/, "");
}

/** Names of metrics in a query, without what its functions and its labels are called. */
export function metricNamesIn(query: string): string[] {
  const bare = query
    .replace(/"[^"]*"/g, '""')
    .replace(/\{[^}]*\}/g, "")
    .replace(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, "")
    .replace(/\[[^\]]*\]/g, "");
  const words = [...bare.matchAll(/[a-zA-Z_:][\w:]*(?!\s*\()\b/g)].map(([word]) => word);
  return [...new Set(words.filter((word) => !WORDS.has(word) && !bare.includes(`${word}(`) && !/^e\d+$/.test(word)))];
}

const WORDS: ReadonlySet<string> = new Set(["sum", "by", "and", "or", "unless", "le", "up"]);

const NAMES = ["x-total-count", "x-total", "x-wp-total", "x-total-results", "total-count"];

/** How many records a list has, as headers beside a part of it say: `X-Total-Count: 122`, `Content-Range: items 0-9/122`. */
export function countIn(headers: Readonly<Record<string, string>>): number | null {
  for (const name of NAMES) {
    const said = headers[name]?.trim() ?? "";
    if (/^\d{1,9}$/.test(said)) return Number(said);
  }
  const range = /^[a-z]+\s+(?:\d+-\d+|\*)\/(\d{1,9})$/i.exec(headers["content-range"]?.trim() ?? "");
  // Of bytes, it tells the length of a file.
  return range?.[1] !== undefined && !/^bytes/i.test(headers["content-range"] ?? "") ? Number(range[1]) : null;
}

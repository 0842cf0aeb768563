/** Where a list begins: it has no cursor yet, its later pages do. */
export function firstPage(): string | null {
  return null;
}

/** A code of the API as people read it: "http_status" is "http status". */
export function reasonInWords(code: string): string {
  return code.replaceAll("_", " ");
}

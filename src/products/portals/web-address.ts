/** Says in a few words what is wrong with a web address, or null. Where it leads is checked when it is asked. */
export function whatIsWrongWith(address: string): string | null {
  const url = URL.parse(address);
  if (!url) return "it is not an absolute address";
  if (url.protocol !== "http:" && url.protocol !== "https:") return `the scheme ${url.protocol} is not allowed`;
  if (url.username !== "" || url.password !== "") return "it carries a user name or password";
  return null;
}

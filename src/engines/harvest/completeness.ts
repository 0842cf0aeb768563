/** Why a run asked for no further page. */
export type StopReason =
  | "last_page"
  | "repeated_page"
  | "page_limit"
  | "time_limit"
  | "wall"
  | "login_failed"
  | "cancelled"
  | "unreachable"
  | "refused"
  | "error_page"
  | "no_records"
  | "needs_browser"
  | "search_refused"
  | "drift";

/** What a run can say about how much of the list it brought home. Never just "success". */
export interface Completeness {
  readonly state: "complete" | "incomplete" | "unknown";
  /** One sentence for people: what proves it, or what is missing. */
  readonly reason: string;
  readonly pagesSeen: number;
  readonly pagesDeclared: number | null;
  readonly totalDeclared: number | null;
  /** Distinct records. */
  readonly found: number;
  /** Records that were seen again on a later page. */
  readonly duplicates: number;
  /** What is known to be missing: page numbers, failed addresses. */
  readonly gaps: readonly string[];
  readonly stopped: StopReason;
}

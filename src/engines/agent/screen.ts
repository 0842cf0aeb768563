import type { NumberedPage, Page } from "#engines/extraction";

/** What the agent sees at one moment. */
export interface Screen {
  readonly url: string;
  readonly status: number;
  /** The rendered document, UTF-8. */
  readonly bytes: Uint8Array;
  readonly page: Page;
  readonly numbered: NumberedPage;
  /** Differs when what is shown differs. */
  readonly mark: string;
}

import { AppError } from "#kernel";

/** More bytes than a page may have. Raised before anything is decoded. */
export class PageTooLarge extends AppError {
  constructor(details: { bytes: number; maxBytes: number }) {
    super({
      kind: "invalid",
      code: "page_too_large",
      message:
        `The page has ${String(details.bytes)} bytes, more than the limit of ${String(details.maxBytes)}. ` +
        "Ask for a smaller page (fewer rows per page), or raise the size limit.",
      details,
    });
  }
}

/** More nodes than a page may have: real pages stay far below, markup made to exhaust a parser does not. */
export class PageTooComplex extends AppError {
  constructor(details: { maxNodes: number }) {
    super({
      kind: "invalid",
      code: "page_too_complex",
      message:
        `The page has more than ${String(details.maxNodes)} nodes. ` +
        "Ask for a smaller page (fewer rows per page), or raise the node limit.",
      details,
    });
  }
}

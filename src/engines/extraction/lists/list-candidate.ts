/** A list that was found on a page, for people to choose from. */
export interface ListCandidate {
  /** Path of the (first) element that holds the records. */
  readonly path: string;
  readonly count: number;
  /** 0 to 1, relative to the other lists of the page. */
  readonly score: number;
  /** The first record's text, cut to 200 characters. */
  readonly sample: string;
}

/** Another list of the page that may be the one that is meant. */
export interface RivalList {
  /** Points at it: may be given as `opportunityListSelector`. */
  readonly selector: string;
  readonly count: number;
  /** The first record's text, cut. */
  readonly sample: string;
}

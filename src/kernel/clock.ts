/** Where "now" comes from. Rules take a `Date`; only what lives (stores, runners) holds a clock. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** Something in a request that the API would not take. */
export interface Issue {
  /** "body/configuration/maxPages" */
  readonly where: string;
  readonly what: string;
}

interface Refusal {
  status: number;
  code: string;
  message: string;
  issues?: readonly Issue[];
}

/** Why a request was refused, in the API's own words: what was wrong and the next step. */
export class ApiFailure extends Error {
  /** Of HTTP; 0 when nothing answered. */
  readonly status: number;
  readonly code: string;
  readonly issues: readonly Issue[];

  constructor({ status, code, message, issues = [] }: Refusal) {
    super(message);
    this.status = status;
    this.code = code;
    this.issues = issues;
  }
}

export function failureOf(status: number, body: unknown): ApiFailure {
  const error = part(body, "error");
  const code = part(error, "code");
  const message = part(error, "message");
  if (typeof code !== "string" || typeof message !== "string") return withoutReason(status);
  return new ApiFailure({ status, code, message, issues: issuesIn(part(part(error, "details"), "issues")) });
}

export function noAnswer(): ApiFailure {
  const message = "Gleaner does not answer. Check that it is running, then try again.";
  return new ApiFailure({ status: 0, code: "no_answer", message });
}

/** Something between here and Gleaner answered instead: a proxy, most likely. */
function withoutReason(status: number): ApiFailure {
  const isDown = status === 502 || status === 503 || status === 504;
  const message = isDown
    ? "Gleaner cannot be reached behind its proxy. It may be starting; try again in a moment."
    : `The server answered ${status} without saying why. Try again.`;
  return new ApiFailure({ status, code: "unexpected_answer", message });
}

function issuesIn(value: unknown): Issue[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((issue: unknown) => {
    const where = part(issue, "where");
    const what = part(issue, "what");
    return typeof where === "string" && typeof what === "string" ? [{ where, what }] : [];
  });
}

function part(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : null;
}

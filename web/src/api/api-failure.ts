/** Why a request was refused, in the API's own words: what was wrong and the next step. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function failureOf(status: number, body: unknown): ApiFailure {
  const error = part(body, "error");
  const code = part(error, "code");
  const message = part(error, "message");
  if (typeof code === "string" && typeof message === "string") return new ApiFailure(status, code, message);
  return new ApiFailure(status, "unexpected_answer", `The server answered ${status} without saying why. Try again.`);
}

export function noAnswer(): ApiFailure {
  return new ApiFailure(0, "no_answer", "Gleaner does not answer. Check that it is running, then try again.");
}

function part(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : null;
}

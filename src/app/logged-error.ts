import { AppError } from "#kernel";

const MOST_CAUSES = 5;
/** PostgreSQL quotes the value that it could not read; of other classes it quotes names only. */
const DATA_EXCEPTION = /^22[0-9A-Z]{3}$/;

/** What a log tells of an error. `stack` goes through its causes. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly code?: string;
  readonly kind?: string;
  readonly details?: unknown;
  readonly errors?: readonly LoggedError[];
}

/**
 * Libraries hang on their errors what they were given: a database its parameters, a model's client its prompt. A log gets the
 * kind of the error, its message and where it was thrown; of our own errors also the details, which their users see too.
 */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: "Something was thrown that is no error.", stack: "" };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return {
    type: error.name,
    message: chainOf(error).map(quietMessage).join(": "),
    stack: chainOf(error).map(quietStack).join("\ncaused by: "),
    ...code,
    ...(error instanceof AppError ? { kind: error.kind, details: error.details } : {}),
    ...(error instanceof AggregateError ? { errors: error.errors.slice(0, MOST_CAUSES).map(loggedError) } : {}),
  };
}

function chainOf(error: Error): readonly Error[] {
  const chain = [error];
  for (let next = error.cause; next instanceof Error && chain.length < MOST_CAUSES; next = next.cause) chain.push(next);
  return chain;
}

/** Parsers quote the text that they could not read. */
function quietMessage(error: Error): string {
  if (error instanceof AppError) return error.logged;
  const isData = "code" in error && typeof error.code === "string" && DATA_EXCEPTION.test(error.code);
  return isData || error instanceof SyntaxError ? error.message.replace(/["'`][^]*["'`]/, '"…"') : error.message;
}

/** The message stands at the head of a stack too. */
function quietStack(error: Error): string {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [`${error.name}: ${quietMessage(error)}`, ...frames].join("\n");
}

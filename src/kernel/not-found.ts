import { AppError } from "./errors.ts";

/** For `.catch`: what is not there is null, every other failure is thrown on. */
export function nullIfNotFound(error: unknown): null {
  if (error instanceof AppError && error.kind === "not-found") return null;
  throw error;
}

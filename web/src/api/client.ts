import createClient from "openapi-fetch";
import type { paths } from "./api-schema.d.ts";
import { ApiFailure, failureOf, noAnswer } from "./api-failure.ts";
import { noteAnswer } from "./connection.ts";

/** The API's own document types every call: an address or a field that is not there does not compile. */
export const api = createClient<paths>({ baseUrl: "" });

type Answer<Data> = { data?: Data; error?: unknown; response: Response };

/** What a call answered, or an `ApiFailure` that says what to do. */
export async function answerOf<Data>(call: Promise<Answer<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await reach(call);
  if (response.ok && data !== undefined && data !== null) return data;
  throw failureOf(response.status, error);
}

/** A call whose answer has no body. */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await reach(call);
  if (!response.ok) throw failureOf(response.status, error);
}

async function reach<Data>(call: Promise<Answer<Data>>): Promise<Answer<Data>> {
  try {
    const answer = await call;
    noteAnswer(!isOfProxy(answer.response.status));
    return answer;
  } catch (error) {
    if (error instanceof ApiFailure || (error instanceof DOMException && error.name === "AbortError")) throw error;
    noteAnswer(false);
    throw noAnswer();
  }
}

/** What stands before Gleaner says this when it gets no answer itself. */
function isOfProxy(status: number): boolean {
  return status === 502 || status === 504;
}

import { callbackProof } from "./settings.ts";
import { isSigned } from "./signature.ts";

export type Callback = { readonly jobId: string } & Readonly<Record<string, unknown>>;

/** What a request says, if it comes from Gleaner: token and signature are right. Else the refusal. */
export async function readCallback(request: Request): Promise<Callback | Response> {
  const { token, secret } = callbackProof();
  const body = await request.text();
  const signed = {
    body,
    timestamp: request.headers.get("X-Gleaner-Timestamp"),
    signature: request.headers.get("X-Gleaner-Signature"),
  };
  const isOurs = await sameText(request.headers.get("Authorization") ?? "", `Bearer ${token}`);
  if (!isOurs || !(await isSigned(signed, secret, Date.now()))) return new Response("Unauthorized", { status: 401 });
  const said: unknown = parsed(body);
  return isCallback(said) ? said : new Response("Missing jobId", { status: 400 });
}

export function received(): Response {
  return new Response(JSON.stringify({ received: true }), {
    status: 200,
    headers: { "Content-Type": "application/json" },
  });
}

function isCallback(said: unknown): said is Callback {
  return (
    typeof said === "object" && said !== null && "jobId" in said && typeof said.jobId === "string" && said.jobId !== ""
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Compares digests: how long it takes tells nothing of the token. */
async function sameText(given: string, expected: string): Promise<boolean> {
  const digest = async (text: string) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const [a, b] = await Promise.all([digest(given), digest(expected)]);
  return a.every((byte, at) => byte === b[at]);
}

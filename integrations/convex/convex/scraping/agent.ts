import { agentSettings } from "./settings.ts";

/** Asks Gleaner. Throws what it answered when it refused. */
export async function askAgent(path: string, body: object): Promise<{ status?: string }> {
  const { agentUrl, agentKey } = agentSettings();
  const headers = new Headers({ "Content-Type": "application/json" });
  if (agentKey !== undefined) headers.set("Authorization", `Bearer ${agentKey}`);
  const response = await fetch(agentUrl + path, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`Browser agent error: ${(await response.text()).slice(0, 1_000)}`);
  const answer: unknown = await response.json();
  const isStatus = typeof answer === "object" && answer !== null && "status" in answer;
  return isStatus && typeof answer.status === "string" ? { status: answer.status } : {};
}

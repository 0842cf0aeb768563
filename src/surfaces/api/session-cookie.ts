import type { FastifyReply, FastifyRequest } from "fastify";

const PLAIN = "gleaner";

/**
 * Under TLS the name itself makes browsers refuse a cookie that another host, or an unencrypted page, has set. Without TLS, on
 * this machine or in a network that is trusted, no such name may be used.
 */
function nameFor({ protocol }: Pick<FastifyRequest, "protocol">): string {
  return protocol === "https" ? `__Host-${PLAIN}` : PLAIN;
}

function optionsFor({ protocol }: Pick<FastifyRequest, "protocol">) {
  return { path: "/", httpOnly: true, sameSite: "strict", secure: protocol === "https" } as const;
}

export function readSessionCookie(request: FastifyRequest): string | null {
  return request.cookies[nameFor(request)] ?? null;
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string, expires: Date): void {
  reply.setCookie(nameFor(request), token, { ...optionsFor(request), expires });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(nameFor(request), optionsFor(request));
}

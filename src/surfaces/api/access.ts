import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { actorOf, permits, type Role, type SignedIn } from "#platform/operators";
import { ForeignCaller, ForeignPage, RoleTooLow, Unauthenticated } from "./errors.ts";
import { isOfOwnPage, needsOwnPage } from "./own-page.ts";
import { readSessionCookie } from "./session-cookie.ts";

/** Who a route is for. A role includes those below it; bots have routes of their own. */
export type Access = "public" | Role;

/** Who asks. */
export interface Principal {
  /** `user:NAME` of a person, the id of a key; this is who the audit log names. */
  id: string;
  name: string;
  role: Role;
  /** A dashboard asks for many small things at once; programs do not. */
  isPerson?: boolean;
}

declare module "fastify" {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    principal: Principal | null;
    /** The session of a person who signed in; null for programs. */
    signedIn: SignedIn | null;
    /** Asks again, for answers that take long: false once the key is revoked, or the person signed out. */
    isStillAllowed: () => Promise<boolean>;
  }
}

/** For records of who did what. */
export function nameOf(principal: Principal | null): string {
  return principal?.id ?? "anonymous";
}

export interface AccessOptions {
  /** False only when the server is bound to loopback: then everybody on this machine is an admin. */
  isRequired: boolean;
  /** `API_KEY`: a key from the environment with the role of an operator. */
  staticKey?: string | undefined;
  /** The key of the command line on this machine, an admin's. */
  localKey?: string | undefined;
  /** Null when there is no such key, or no longer. */
  findKey: (key: string) => Promise<Principal | null>;
  /** Null when the session has ended. */
  findSession: (token: string) => Promise<SignedIn | null>;
}

const STATIC: Principal = { id: "env:API_KEY", name: "API_KEY", role: "operator" };
const COMMAND_LINE: Principal = { id: "command line", name: "command line", role: "admin" };
const LOCAL: Principal = { id: "local", name: "local", role: "admin", isPerson: true };
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i;

/**
 * Finds out who asks, before anything else is done with the request, and refuses what they may not ask before its body
 * is read. In between the rate limiter counts, so that wrong keys are counted too. It holds for every route alike: pages of
 * data, streams, stored bytes, and requests to upgrade to a WebSocket. Cookies must be parsed before.
 */
export function registerAccess(app: FastifyInstance, options: AccessOptions): void {
  app.decorateRequest("principal", null);
  app.decorateRequest("signedIn", null);
  app.decorateRequest("isStillAllowed", async () => true);
  app.addHook("onRequest", async (request) => {
    if (!options.isRequired) {
      refuseForeign(request);
      request.principal = LOCAL;
      return;
    }
    const { principal, signedIn } = await identify(request, options);
    request.principal = principal;
    request.signedIn = signedIn;
    request.isStillAllowed = async () => {
      const { principal: now } = await identify(request, options);
      return now !== null && permitsAccess(now, accessOf(request.routeOptions));
    };
  });
  app.addHook("preParsing", async (request) => {
    if (request.is404) return;
    const access = accessOf(request.routeOptions);
    if (access === "public") return;
    if (!request.principal) throw new Unauthenticated();
    if (!permitsAccess(request.principal, access)) throw new RoleTooLow(access);
  });
}

function permitsAccess({ role }: Principal, access: Access): boolean {
  return access === "public" || permits(role, access);
}

/** What is not a documented operation is a file of the documentation page. */
export function accessOf({ config, schema }: { config?: { access?: Access }; schema?: { hide?: boolean } }): Access {
  return config?.access ?? (schema?.hide === true ? "public" : "admin");
}

interface Identity {
  principal: Principal | null;
  signedIn: SignedIn | null;
}

/** A key counts before a cookie. A cookie goes along with whatever a page sends, so changes must come from a page of ours. */
async function identify(request: FastifyRequest, options: AccessOptions): Promise<Identity> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return { principal: await findProgram(authorization, options), signedIn: null };
  const token = readSessionCookie(request);
  const signedIn = token === null ? null : await options.findSession(token);
  if (!signedIn) return { principal: null, signedIn };
  if (needsOwnPage(request) && !isOfOwnPage(request)) throw new ForeignPage();
  const { user } = signedIn;
  return { principal: { id: actorOf(user), name: user.name, role: user.role, isPerson: true }, signedIn };
}

async function findProgram(
  authorization: string,
  { staticKey, localKey, findKey }: AccessOptions,
): Promise<Principal | null> {
  const key = /^Bearer +(\S{1,512})$/i.exec(authorization)?.[1];
  if (key === undefined) return null;
  if (staticKey !== undefined && staticKey !== "" && isSame(key, staticKey)) return STATIC;
  if (localKey !== undefined && localKey !== "" && isSame(key, localKey)) return COMMAND_LINE;
  return findKey(key);
}

/** Compares in the same time whatever differs, also the length. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** A foreign web page reaches this machine under a name of its own (DNS rebinding) or from an origin of its own. */
function refuseForeign({ headers, hostname }: FastifyRequest): void {
  if (!LOOPBACK.test(hostname)) throw new ForeignCaller("Host");
  const { origin } = headers;
  if (origin !== undefined && !LOOPBACK.test(URL.parse(origin)?.hostname ?? "")) throw new ForeignCaller("Origin");
}

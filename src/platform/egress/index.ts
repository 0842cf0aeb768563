export { AddressGuard, type AddressGuardOptions, type CheckedTarget, type Resolver } from "./address-guard.ts";
export { isLocalName, privateRange } from "./address-rules.ts";
export {
  AddressRefused,
  BadUrl,
  EgressError,
  EgressTimeout,
  RobotsDisallowed,
  TooLarge,
  TooManyRedirects,
  Unreachable,
  withoutSecrets,
} from "./errors.ts";
export { GuardedClient, type GuardedClientOptions } from "./guarded-client.ts";
export { startGuardProxy, type GuardProxy, type GuardProxyOptions } from "./guard-proxy.ts";
export { ProxyPool, type ProxyPoolOptions, type ProxyStatus } from "./proxy-pool.ts";
export { DEFAULT_LIMITS, type EgressLimits, type EgressRequest, type EgressResponse, type Pace } from "./request.ts";
export {
  TrustedClient,
  type TrustedClientOptions,
  type TrustedRequest,
  type TrustedResponse,
} from "./trusted-client.ts";
export { CookieJar } from "tough-cookie";

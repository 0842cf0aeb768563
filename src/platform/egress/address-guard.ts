import { lookup } from "node:dns/promises";
import { isLocalName, parseTarget, privateRange, type Target } from "./address-rules.ts";
import { isAllowed, parseAllowList, type AllowList } from "./allow-list.ts";
import { AddressRefused, Unreachable } from "./errors.ts";

/** Gives all addresses of a name, in the order to try them. Rejects when there is none. */
export type Resolver = (host: string) => Promise<string[]>;

export interface CheckedTarget extends Target {
  /** Checked; connect to one of these and to nothing else. */
  addresses: string[];
}

export interface AddressGuardOptions {
  /** `host` or `host:port`; loopback names and addresses too. Nothing else is opened. */
  allowHosts?: readonly string[];
  resolve?: Resolver;
}

/**
 * Decides which addresses may be asked. The answer holds for the addresses that it returns, not for the name: who
 * connects must use those, or a name that resolves differently a moment later leads into a private network.
 */
export class AddressGuard {
  readonly #allow: AllowList;
  readonly #allowHosts: readonly string[];
  readonly #resolve: Resolver;

  constructor({ allowHosts = [], resolve = systemResolver }: AddressGuardOptions = {}) {
    this.#allowHosts = [...allowHosts];
    this.#allow = parseAllowList(allowHosts);
    this.#resolve = resolve;
  }

  /** The same guard with further hosts open. The old one does not change. */
  withAllowHosts(allowHosts: readonly string[]): AddressGuard {
    if (allowHosts.length === 0) return this;
    return new AddressGuard({ allowHosts: [...this.#allowHosts, ...allowHosts], resolve: this.#resolve });
  }

  /** Whether the operator opened this host by name. Such a host may be asked without TLS where others may not. */
  isOpened(url: string): boolean {
    const target = parseTarget(url);
    return isAllowed(this.#allow, target.host, target.port);
  }

  /** What can be said without DNS: scheme, credentials, port, literal addresses, local names. Throws if refused. */
  checkUrl(url: string): Target {
    const target = parseTarget(url);
    if (isAllowed(this.#allow, target.host, target.port)) return target;
    if (target.literal !== null) refusePrivate(url, target.host, target.literal);
    else if (isLocalName(target.host)) throw new AddressRefused(url, `"${target.host}" is a name of a local network`);
    return target;
  }

  /** The full check, DNS included. One private address among several public ones is enough to refuse. */
  async check(url: string): Promise<CheckedTarget> {
    const target = this.checkUrl(url);
    const { host, port, literal } = target;
    if (literal !== null) return { ...target, addresses: [literal] };
    const addresses = await this.#addressesOf(url, host);
    if (!isAllowed(this.#allow, host, port)) {
      for (const address of addresses) refusePrivate(url, host, address);
    }
    return { ...target, addresses };
  }

  async #addressesOf(url: string, host: string): Promise<string[]> {
    try {
      const addresses = await this.#resolve(host);
      if (addresses.length > 0) return addresses;
    } catch (cause) {
      throw new Unreachable(url, `the name "${host}" does not resolve`, 1, cause);
    }
    throw new Unreachable(url, `the name "${host}" has no address`, 1);
  }
}

function refusePrivate(url: string, host: string, address: string): void {
  const range = privateRange(address);
  if (range === null) return;
  const what = host === address ? `The address ${address}` : `"${host}" resolves to ${address}, which`;
  throw new AddressRefused(url, `${what} is not on the public internet (${range})`);
}

const systemResolver: Resolver = async (host) => {
  const found = await lookup(host, { all: true, order: "ipv4first" });
  return found.map(({ address }) => address);
};

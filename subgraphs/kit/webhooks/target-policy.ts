import { BlockList, isIP } from 'node:net';

/** Where webhooks may be sent to. */
export interface TargetPolicy {
  /** Private, loopback and link-local addresses, and http beside https; for a trial on one machine. */
  readonly allowPrivate: boolean;
  /** Hosts by name that are allowed whatever their address, http included: systems of the government's own network. */
  readonly allowedHosts: readonly string[];
}

export const STRICT_TARGETS: TargetPolicy = { allowPrivate: false, allowedHosts: [] };

const MAX_URL_CHARACTERS = 500;

/** Not reachable from everywhere (RFC 6890 and its successors): whoever may name these makes the hub ask its own network. */
const reserved = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  reserved.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  reserved.addSubnet(network, prefix, 'ipv6');
}

/** Whether an address may be connected to. IPv4 inside of IPv6 is refused with what it is inside of. */
export function isAllowedAddress(address: string, host: string, policy: TargetPolicy): boolean {
  if (policy.allowPrivate || policy.allowedHosts.includes(host)) return true;
  const version = isIP(address);
  return version !== 0 && !reserved.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/** The target of a webhook, or why it cannot be one. What its name resolves to is checked when it is connected to. */
export function checkTarget(text: string, policy: TargetPolicy): URL | 'MALFORMED' | 'NOT_HTTPS' | 'PRIVATE' {
  if (text.length > MAX_URL_CHARACTERS || !URL.canParse(text)) return 'MALFORMED';
  const url = new URL(text);
  const { hash, hostname, password, protocol, username } = url;
  if (!['http:', 'https:'].includes(protocol) || username !== '' || password !== '' || hash !== '') return 'MALFORMED';
  const host = hostOf(url);
  if (host === '') return 'MALFORMED';
  if (policy.allowPrivate || policy.allowedHosts.includes(host)) return url;
  if (protocol !== 'https:') return 'NOT_HTTPS';
  if (isIP(host) !== 0 && !isAllowedAddress(host, host, policy)) return 'PRIVATE';
  return /(^|\.)(localhost|local|internal)$/.test(hostname) ? 'PRIVATE' : url;
}

/** Without the brackets of an IPv6 address. */
export function hostOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

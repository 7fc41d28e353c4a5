import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { Refusal } from '../../shared/reply.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Networks of one's own: allowed only to a program that nobody else reaches either. */
const own = new BlockList();
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  own.addSubnet(net, bits, 'ipv4');
own.addSubnet('fc00::', 7, 'ipv6');

/** Never: this host's own names for itself, link-local (there clouds keep their secrets), multicast, reserved, and tunnels into IPv4. */
const never = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  never.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  never.addSubnet(net, bits, 'ipv6');

const MAPPED = /^::(?:ffff:)?(?:0:)?(\d+\.\d+\.\d+\.\d+)$/i;

/** Whether events may go to an address; `onLoopback`: the program itself listens on loopback only. */
export function mayReach(address: string, onLoopback: boolean): boolean {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped) return mayReach(mapped, onLoopback);
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0 || never.check(address, family)) return false;
  // An IPv4 address in the last 32 bits, written in hex.
  if (family === 'ipv6' && /^::(ffff:)?[0-9a-f]+:[0-9a-f]+$/i.test(address)) return false;
  return onLoopback || !(own.check(address, family) || loopback.check(address, family));
}

/** Reads an address that an administrator typed: https, or http on loopback; no name and password in it. */
export function readAddress(url: string): URL {
  if (!URL.canParse(url)) throw new Refusal('invalid', 'url: this is no address');
  const parsed = new URL(url);
  const host = hostOf(parsed);
  const isLoopback = host === 'localhost' || (isIP(host) > 0 && loopback.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4'));
  if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && isLoopback))
    throw new Refusal('invalid', 'url: only https, or http on this computer');
  if (parsed.username !== '' || parsed.password !== '') throw new Refusal('invalid', 'url: no name and password in it');
  return parsed;
}

export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;
const byDns: Resolve = host => lookup(host, { all: true, verbatim: true });

/** All of a name's addresses, each checked: one that is refused refuses the name. Asked anew for every delivery, and the connection is made to what was checked. */
export async function addressesOf(url: URL, onLoopback: boolean, resolve: Resolve = byDns): Promise<{ address: string; family: number }[]> {
  const host = hostOf(url);
  const found = isIP(host) > 0 ? [{ address: host, family: isIP(host) }] : await resolve(host);
  if (found.length === 0) throw new Refusal('invalid', `url: ${host} has no address`);
  const refused = found.find(({ address }) => !mayReach(address, onLoopback));
  if (refused) throw new Refusal('invalid', `url: ${host} is an address of a private network`);
  return found;
}

/**
 * A network for a server under test: `node --import <this>` with `TEST_NETWORK`, a file that says which public addresses are
 * to be found where on this machine, and what names mean. The product knows nothing of it: its own checks see public
 * addresses, and what is private is refused or not by them alone. The file is read at each look-up, so names can turn.
 */
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

export interface TestNetwork {
  /** The public addresses that are this machine's loopback. */
  readonly addresses: readonly string[];
  /** The address of each name. */
  readonly names: Readonly<Record<string, string>>;
}

type Found = { readonly address: string; readonly family: number };
type Callback = (error: Error | null, found: unknown, family?: number) => void;
type Lookup = (name: string, options: object, callback: Callback) => void;

const read = () => JSON.parse(readFileSync(process.env['TEST_NETWORK'] ?? '', 'utf8')) as TestNetwork;
const toHere = (address: string) => (read().addresses.includes(address) ? '127.0.0.1' : address);

/** Sends connections to where the address really is, after whoever connects has judged it. */
function divert(options: { host?: string; lookup?: Lookup }): void {
  const { host, lookup } = options;
  if (host !== undefined && net.isIP(host)) options.host = toHere(host);
  if (lookup)
    options.lookup = (name, how, callback) =>
      lookup(name, how, (error, found, family) => {
        const here = Array.isArray(found)
          ? (found as Found[]).map((one) => ({ ...one, address: toHere(one.address) }))
          : typeof found === 'string'
            ? toHere(found)
            : found;
        callback(error, here, family);
      });
}

const connect = Reflect.get(net.Socket.prototype, 'connect') as (...args: unknown[]) => unknown;
Reflect.set(net.Socket.prototype, 'connect', function (this: net.Socket, ...args: unknown[]): unknown {
  // Node hands its own calls on as one array of what was given.
  const [first] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === 'object' && first !== null) divert(first);
  return Reflect.apply(connect, this, args);
});

type Resolve = (this: unknown, name: string) => Promise<string[]>;
// Names of ours have the address that the file gives, and none of the other kind.
for (const [method, isKind] of [
  ['resolve4', net.isIPv4],
  ['resolve6', net.isIPv6],
] as const) {
  const { prototype } = dns.promises.Resolver;
  const resolve = Reflect.get(prototype, method) as Resolve;
  Reflect.set(prototype, method, function (this: unknown, name: string): Promise<string[]> {
    const address = read().names[name];
    if (address === undefined) return resolve.call(this, name);
    return isKind(address)
      ? Promise.resolve([address])
      : Promise.reject(Object.assign(new Error('No data'), { code: 'ENODATA' }));
  });
}
syncBuiltinESMExports();

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

const lookup = Reflect.get(dns, 'lookup') as Lookup;
const lookUpOne: Lookup = (name, options, callback) => {
  const address = read().names[name];
  if (address === undefined) return lookup(name, options, callback);
  const found = { address, family: net.isIP(address) };
  if ('all' in options && options.all) callback(null, [found]);
  else callback(null, found.address, found.family);
};
Reflect.set(dns, 'lookup', lookUpOne);
const lookupPromise = Reflect.get(dns.promises, 'lookup') as (name: string, how: object) => Promise<unknown>;
Reflect.set(dns.promises, 'lookup', (name: string, how: object) => {
  const address = read().names[name];
  return address === undefined
    ? lookupPromise(name, how)
    : Promise.resolve([{ address, family: net.isIP(address) }]);
});
syncBuiltinESMExports();

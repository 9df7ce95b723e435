import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';

const TRY_MS = 1_500;
/** However many name servers there are to ask. */
const TIMEOUT_MS = 5_000;

/**
 * The addresses of a partner's host, IPv4 first. DNS is asked without the system's look-up: that keeps one of the few threads
 * it has until there is an answer, and a partner's name server that gives none would keep the whole process from finding its
 * database. A name without a dot (`localhost`) is in no partner's hands and is what the system says.
 * @throws what DNS says of a name without addresses (ENOTFOUND, ENODATA), or that it did not answer in time
 */
export async function lookUpHost(
  host: string,
  resolver: Resolver = new Resolver({ timeout: TRY_MS, tries: 2 }),
): Promise<LookupAddress[]> {
  if (!/\../.test(host)) return lookup(host, { all: true });
  const timer = setTimeout(() => resolver.cancel(), TIMEOUT_MS);
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  clearTimeout(timer);
  if (four.status === 'rejected' && six.status === 'rejected') throw four.reason;
  return [...toAddresses(four, 4), ...toAddresses(six, 6)];
}

function toAddresses(answer: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : [];
}

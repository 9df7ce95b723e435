import type { Payload, PayloadCodec } from '@temporalio/common';
import type { EngineLog } from '../options.js';

/** The encoding that no converter knows: whoever reads such a payload fails, and whoever need not read it goes on. */
export const UNREADABLE = 'binary/unreadable';

/**
 * A codec for a worker. What throws in a codec fails a workflow task with everything in it, again and again, and anybody in
 * the namespace can send a signal with a payload that nobody can decrypt. So such a payload is passed on as
 * {@link UNREADABLE}: signals and queries do without it (ignore-unreadable.ts), and what needs its content, a result
 * or a start, fails where it is read, until a worker has the key.
 */
export function tolerateUnreadable(codec: PayloadCodec, log: EngineLog | undefined): PayloadCodec {
  const decode = async (payload: Payload): Promise<Payload[]> => {
    try {
      return await codec.decode([payload]);
    } catch (error) {
      log?.warn({ err: error }, 'A payload from Temporal could not be decrypted');
      return [{ ...payload, metadata: { encoding: new TextEncoder().encode(UNREADABLE) } }];
    }
  };
  return {
    encode: (payloads) => codec.encode(payloads),
    decode: async (payloads) => (await Promise.all(payloads.map(decode))).flat(),
  };
}

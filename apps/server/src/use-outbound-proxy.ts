import { isProxied } from '@gangway/domain/webhooks/webhook-proxy';
import { Agent, type Dispatcher, ProxyAgent, setGlobalDispatcher } from 'undici';

/** The proxy that requests to the outside go through. */
export interface OutboundProxy {
  readonly url: string;
  /** Hosts that are asked straight, as `NO_PROXY` names them. */
  readonly exceptions: string;
}

/** The sandbox and other services of this machine are never behind a proxy. */
const LOOPBACK = 'localhost,127.0.0.1,::1';

/**
 * Sends every `fetch` of this process through a proxy, with a tunnel (CONNECT): TLS still ends at Microsoft. Webhooks do
 * not go by `fetch`: their tunnels end at the very address that was checked (decision 043).
 */
export function useOutboundProxy({ url, exceptions }: OutboundProxy): Dispatcher {
  const proxy = new ProxyAgent(url);
  const all = { url, exceptions: `${exceptions},${LOOPBACK}` };
  const agent = new Agent().compose(
    (dispatch) => (options, handler) =>
      isProxied(new URL(String(options.origin)), all)
        ? proxy.dispatch(options, handler)
        : dispatch(options, handler),
  );
  setGlobalDispatcher(agent);
  return agent;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CloudTable, MICROSOFT_CLOUDS, type MicrosoftCloud } from '../microsoft/cloud-table.js';
import type { ProviderConfig } from '../microsoft/config.js';
import { createMicrosoftProvider } from '../microsoft/create-microsoft-provider.js';
import type { MicrosoftProvider } from '../port.js';
import { type Listening, listen } from './listen.js';

/** A request as it reached one of Microsoft's clouds: `path` is below the origin of its sign-in or Graph host. */
export interface CloudRequest {
  readonly cloud: keyof CloudTable;
  readonly host: 'login' | 'graph';
  readonly path: string;
  readonly request: IncomingMessage;
}

export interface JsonAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Absent: the connection is dropped. A string is sent as it is. */
  readonly body?: unknown;
}

export interface MicrosoftLab extends Listening {
  readonly provider: MicrosoftProvider;
}

/** All of Microsoft's clouds on a loopback port, answering as told; the provider believes that they are the real ones. */
export async function openMicrosoft(
  answer: (request: CloudRequest) => JsonAnswer | Promise<JsonAnswer>,
  config: Partial<ProviderConfig> = {},
): Promise<MicrosoftLab> {
  const listening = await listen((request, response) => {
    const [, host = '', cloud = '', path = ''] =
      /^\/(login|graph)\/(\w+)(\/.*)$/.exec(request.url ?? '') ?? [];
    const called = { cloud: cloud as keyof CloudTable, host: host as CloudRequest['host'], path, request };
    void Promise.resolve(answer(called)).then((told) => send(response, told));
  });
  const moved = (Object.entries(MICROSOFT_CLOUDS) as [keyof CloudTable, MicrosoftCloud][]).map(
    ([name, cloud]) => {
      // Two clouds that share an authority still do.
      const login = name === 'dod' ? 'usgov' : name;
      const authority = `${listening.origin}/login/${login}`;
      return [name, { ...cloud, authority, graph: `${listening.origin}/graph/${name}` }];
    },
  );
  const clouds = Object.fromEntries(moved) as CloudTable;
  return { ...listening, provider: createMicrosoftProvider({ clouds, ...config }) };
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: JsonAnswer): void {
  if (body === undefined) return void response.destroy();
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

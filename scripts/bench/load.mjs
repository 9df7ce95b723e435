import http from 'node:http';
import { median } from './statistics.mjs';

/** Runs `count` pieces of work, `concurrency` at once; gives pieces per second. */
export async function perSecond(count, concurrency, work) {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await work();
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  return (count * 1000) / (performance.now() - started);
}

/**
 * Sends `count` GET requests over `concurrency` kept connections and gives requests per second.
 * An answer other than 200 is an error: a fast refusal is no result.
 */
export async function requestsPerSecond({ url, headers = {}, count, concurrency }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
  try {
    return await perSecond(count, concurrency, () => get(url, headers, agent));
  } finally {
    agent.destroy();
  }
}

const kept = new http.Agent({ keepAlive: true });

/**
 * One request over a kept connection, with what Node itself has: whoever asks shares the cores with what is measured, and
 * shall take little of them. `body` goes as JSON.
 */
export function exchange(url, { method = 'GET', headers = {}, body } = {}) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const sent =
    body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      { method, agent: kept, headers: { ...headers, ...sent } },
      (response) => {
        let told = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => (told += chunk));
        response.once('error', reject);
        response.once('end', () =>
          response.statusCode < 300
            ? resolve({ text: told, headers: response.headers })
            : reject(new Error(`${method} ${url} answered ${response.statusCode}: ${told}`)),
        );
      },
    );
    request.once('error', reject);
    request.end(text);
  });
}

const oneByOne = new http.Agent({ keepAlive: true, maxSockets: 1 });

/**
 * Sends the GET requests of A and of B in turn, one at a time over kept connections, so that whatever else the machine
 * does meets both; all of them once before, then `rounds` times. Gives the median time of each round. Milliseconds.
 */
export async function medianLatencies(rounds, a, b) {
  const values = { a: [], b: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const times = { a: [], b: [] };
    for (const index of a.urls.keys()) {
      times.a.push(await timeOf(a.urls[index], a.headers));
      times.b.push(await timeOf(b.urls[index], b.headers));
    }
    if (round === 0) continue;
    values.a.push(median(times.a));
    values.b.push(median(times.b));
  }
  return values;
}

async function timeOf(url, headers) {
  const started = performance.now();
  await get(url, headers, oneByOne);
  return performance.now() - started;
}

function get(url, headers, agent) {
  return new Promise((resolve, reject) => {
    http
      .get(url, { headers, agent }, (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`${url}: ${response.statusCode}`)),
        );
      })
      .once('error', reject);
  });
}

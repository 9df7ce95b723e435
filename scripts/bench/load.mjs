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

const oneByOne = new http.Agent({ keepAlive: true, maxSockets: 1 });

/** Sends GET requests one after the other over a kept connection and gives the median of their times. Milliseconds. */
export async function medianLatency(urls, headers) {
  const times = [];
  for (const url of urls) {
    const started = performance.now();
    await get(url, headers, oneByOne);
    times.push(performance.now() - started);
  }
  return median(times);
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

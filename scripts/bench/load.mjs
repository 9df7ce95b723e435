import http from 'node:http';

/**
 * Sends `count` GET requests over `concurrency` kept connections and gives requests per second.
 * An answer other than 200 is an error: a fast refusal is no result.
 */
export async function requestsPerSecond({ url, headers = {}, count, concurrency }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
  let left = count;
  const worker = async () => {
    while (left-- > 0) await get(url, headers, agent);
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  agent.destroy();
  return (count * 1000) / (performance.now() - started);
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

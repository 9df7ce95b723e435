import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/**
 * Stands before a receiver: hands on what is posted and keeps it. Gives `port`, `deliveries` ({headers, body, status}) and
 * `post(headers, body)`, which posts straight to the receiver and gives the status.
 */
export async function createRecorder(context, receiverPort) {
  const deliveries = [];
  async function post(headers, body) {
    const { 'content-length': _length, connection: _connection, host: _host, ...kept } = headers;
    const response = await fetch(`http://127.0.0.1:${receiverPort}/`, {
      method: 'POST',
      headers: kept,
      body,
    });
    await response.body?.cancel();
    return response.status;
  }
  async function forward(request, response) {
    const body = await text(request);
    const status = await post(request.headers, body).catch(() => 502);
    deliveries.push({ headers: request.headers, body, status });
    response.writeHead(status).end();
  }
  const server = createServer((request, response) => void forward(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.onClose(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: server.address().port, deliveries, post };
}

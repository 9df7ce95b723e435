import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET);

function isGenuine(body, headers) {
  try {
    webhook.verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

async function receive(request, response) {
  const body = await text(request); // the body as it came is what is signed: parse it afterwards
  if (!isGenuine(body, request.headers)) return response.writeHead(401).end();
  console.log(JSON.parse(body).type, request.headers['webhook-id']);
  response.writeHead(204).end();
}

createServer((request, response) => void receive(request, response)).listen(process.env.PORT);

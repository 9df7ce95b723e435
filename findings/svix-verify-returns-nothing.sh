#!/usr/bin/env bash
# `verify()` of Svix's libraries no longer gives the event. Up to 1.x it returned the parsed JSON, as the libraries of Standard
# Webhooks do until today; since 2.x it only throws or returns nothing, in JavaScript (`undefined`) and Python (`None`). A
# receiver that was written for one of them, with the code that uses the event inside the `try` whose `catch` answers 401,
# then rejects every genuine delivery, and it looks like a wrong secret. Verify first, and parse the raw body afterwards: that
# is right with both, in every version.
# Seen with svix 2.5.0 (npm) and 2.9.1 (PyPI), beside svix 1.99.1 and standardwebhooks 1.1.1 and 1.1.0; the change is
# svix/svix-webhooks pull request 2600.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund svix@2.5.0 svix1@npm:svix@1.99.1 standardwebhooks@1.1.1 >/dev/null
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check svix==2.9.1 standardwebhooks==1.1.0

cat >verify.mjs <<'JS'
import { createHmac, randomBytes } from 'node:crypto';

const key = randomBytes(32);
const body = '{"type":"invoice.paid"}';
const timestamp = String(Math.floor(Date.now() / 1000));
const signature = createHmac('sha256', key).update(`one.${timestamp}.${body}`).digest('base64');
const headers = { 'webhook-id': 'one', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
for (const name of ['standardwebhooks', 'svix1', 'svix']) {
  const { Webhook } = await import(name);
  console.log('npm', name, JSON.stringify(new Webhook(key.toString('base64')).verify(body, headers)) ?? 'undefined');
}
JS
cat >verify.py <<'PY'
import base64, hashlib, hmac, importlib, secrets, time

key = secrets.token_bytes(32)
body = '{"type":"invoice.paid"}'
timestamp = str(int(time.time()))
signature = base64.b64encode(hmac.new(key, f"one.{timestamp}.{body}".encode(), hashlib.sha256).digest()).decode()
headers = {"webhook-id": "one", "webhook-timestamp": timestamp, "webhook-signature": f"v1,{signature}"}
for name in ("standardwebhooks", "svix"):
    webhook = importlib.import_module(f"{name}.webhooks").Webhook(base64.b64encode(key).decode())
    print("PyPI", name, webhook.verify(body, headers))
PY
seen=$(node verify.mjs && python/bin/python verify.py)

echo "svix $(node -p "require('./node_modules/svix/package.json').version") (npm), 2.9.1 (PyPI), Node $(node --version)"
echo "$seen"
[ "$seen" = "npm standardwebhooks {\"type\":\"invoice.paid\"}
npm svix1 {\"type\":\"invoice.paid\"}
npm svix undefined
PyPI standardwebhooks {'type': 'invoice.paid'}
PyPI svix None" ]
echo "as described"

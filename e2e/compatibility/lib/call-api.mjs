/** Calls the partner's REST API with the server's API key, and gives the parsed answer or null. @throws Error unless it is 2xx */
export async function callApi({ url, apiKey }, method, where, body) {
  const response = await fetch(`${url}/api/provisioning${where}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${where}: ${response.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

import { MailError } from '../transport.js';

/** Posts JSON to a mail provider. 4xx answers but 408 and 429 are final; the answer's text is not looked at. */
export async function postMail(
  url: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'error',
      signal,
    });
  } catch (error) {
    throw new MailError('The mail service cannot be reached', false, { cause: error });
  }
  await response.body?.cancel();
  if (response.ok) return;
  const isFinal = response.status >= 400 && response.status < 500 && ![408, 429].includes(response.status);
  throw new MailError(`The mail service answered ${response.status}`, isFinal);
}

import { MailError } from '../transport.js';

/** Posts JSON to a mail provider; the text of its answer is not looked at. @throws MailError */
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
    throw new MailError('The mail service cannot be reached', { cause: error });
  }
  await response.body?.cancel();
  if (response.ok) return;
  throw new MailError(`The mail service answered ${response.status}`);
}

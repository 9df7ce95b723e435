import { MailError } from '../transport.js';
import { describeNetworkError } from './network-error.js';
import { sanitizeWords } from './sanitize-words.js';

/** More of an answer is not read. */
const LONGEST_ANSWER = 4_096;

/**
 * Posts JSON to a mail provider. The words of a refusal are kept without the `hidden` values: the key, and the mail's own.
 * @throws MailError
 */
export async function postMail(
  url: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
  hidden: readonly string[],
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
    const { reason, message } = signal.aborted
      ? ({ reason: 'email.timeout', message: 'did not take the mail in time' } as const)
      : describeNetworkError(codeOf(error));
    throw new MailError(reason, `The mail service ${message}`, error);
  }
  if (response.ok) return response.body?.cancel();
  const words = sanitizeWords(messageOf(await readStart(response)), hidden);
  const isAboutUs = response.status === 401 || response.status === 403;
  throw new MailError(
    isAboutUs ? 'email.authentication' : 'email.rejected',
    `The mail service answered ${response.status}${words && `: ${words}`}`,
  );
}

/** fetch puts the error of the connection below its own. */
function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}

async function readStart(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.length >= LONGEST_ANSWER) break; // which cancels the rest
    }
  } catch {
    // What came before the connection was lost may still say why.
  }
  return text;
}

/** Resend and SES both answer {message}. Anything else, such as a proxy's page, says nothing to whoever reads it. */
function messageOf(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    const message =
      typeof answer === 'object' && answer !== null && 'message' in answer ? answer.message : undefined;
    return typeof message === 'string' ? message : '';
  } catch {
    return '';
  }
}

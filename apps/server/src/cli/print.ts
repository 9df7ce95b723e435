import { TRPCClientError } from '@trpc/client';
import { serverUrl } from './access.js';
import { CommandError } from './command-error.js';

/** What a command came to, as JSON on stdout: for eyes and for `jq`. */
export function print(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}

/** Progress, on stderr: stdout is for the result. */
export function tell(line: string): void {
  console.error(line);
}

/** A refusal of the server in lines: what, why, which fields, and the id to ask the operator about. */
export function describeRefusal(error: TRPCClientError<never>): string {
  const { message, data } = error as { message: string; data?: Refusal | null };
  if (error.cause instanceof CommandError) return error.cause.message;
  if (!data) return `The server at ${serverUrl(process.env)} cannot be reached: ${message}`;
  const fields =
    data.fieldErrors?.map(({ field, message: problem }) => `  ${field || 'input'}: ${problem}`) ?? [];
  return [`${message} (${data.reasonCode}, request ${data.requestId})`, ...fields].join('\n');
}

interface Refusal {
  readonly reasonCode: string;
  readonly requestId: string;
  readonly fieldErrors?: readonly { readonly field: string; readonly message: string }[];
}

export const isRefusal = (error: unknown): error is TRPCClientError<never> =>
  error instanceof TRPCClientError;

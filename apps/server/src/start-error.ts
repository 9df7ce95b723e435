/** The server cannot start here and now, and the message is the one line that says why: what it needs is not there. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** What went wrong with a command, in one line that whoever typed it can act on. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The embedded PostgreSQL cannot be had; the message is one line for whoever started the server. */
export class EmbeddedPostgresError extends Error {
  override readonly name: string = 'EmbeddedPostgresError';
}

/** Another live server works on the same DATA_DIR. */
export class DataDirInUseError extends EmbeddedPostgresError {
  override readonly name = 'DataDirInUseError';
}

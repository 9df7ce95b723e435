/** The URL of the embedded PostgreSQL for one of its roles. */
export function embeddedUrl(parts: {
  port: number;
  role: string;
  password: string;
  database: string;
}): string {
  const { port, role, password, database } = parts;
  return `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

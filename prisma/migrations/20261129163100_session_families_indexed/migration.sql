-- Sessions by their family, for every request of a browser; made beside the work on the table.
CREATE UNIQUE INDEX CONCURRENTLY "browser_sessions_family_hash_key" ON "browser_sessions"("family_hash");

-- Events that tell an e-mail address, likewise.
CREATE INDEX CONCURRENTLY "audit_events_email_idx" ON "audit_events"((data ->> 'email')) WHERE (data ->> 'email') IS NOT NULL;

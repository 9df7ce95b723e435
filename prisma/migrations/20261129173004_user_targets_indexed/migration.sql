-- What was done to a person, likewise.
CREATE INDEX CONCURRENTLY "audit_events_user_target_idx" ON "audit_events"("target_id") WHERE (target_kind = 'user');

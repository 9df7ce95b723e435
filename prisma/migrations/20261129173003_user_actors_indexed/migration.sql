-- What a person did, to erase the name when the account ends.
CREATE INDEX CONCURRENTLY "audit_events_user_actor_idx" ON "audit_events"("actor_id") WHERE (actor_kind = 'user');

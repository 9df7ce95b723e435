-- What is due of each endpoint: a partner whose receiver is slow, and whose backlog is long, is not read past for everybody else's.
-- Only queued rows are in it; while it is made, deliveries wait for one look at the table.
CREATE INDEX "webhook_deliveries_due_idx" ON "webhook_deliveries" ("endpoint_id", "next_attempt_at") WHERE (status = 'queued');
DROP INDEX "webhook_deliveries_queued_idx";

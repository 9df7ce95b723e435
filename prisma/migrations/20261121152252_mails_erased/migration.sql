-- Mails that are sent no more and still have their words, until those are erased: those given up, and those only recorded.
-- Reads go on while an index is made; writes to its table wait, about a second for each million rows.
CREATE INDEX "mail_messages_kept_idx" ON "mail_messages"("created_at", "status") WHERE (status <> 'queued' AND body_ciphertext IS NOT NULL);
-- Deliveries in the order of their age, to erase those that have had their time.
CREATE INDEX "webhook_deliveries_over_idx" ON "webhook_deliveries"("created_at") WHERE (status <> 'queued');

-- What a refusal on Microsoft's consent page can be looked up by: identifiers only.
ALTER TABLE "consent_requests" ADD COLUMN "evidence" JSONB;

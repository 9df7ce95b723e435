-- Hints name what they are the end of. Rows that were written in the old words say the same in the new ones.
UPDATE "provider_credentials" SET "hint" = 'Secret ending in …' || substr("hint", 6)
 WHERE "kind" = 'client_secret' AND "hint" LIKE 'ends %';
UPDATE "provider_credentials" SET "hint" = 'Short secret'
 WHERE "kind" = 'client_secret' AND "hint" = 'short secret';
UPDATE "provider_credentials" SET "hint" = 'Certificate ending in …' || substr("hint", 14)
 WHERE "kind" = 'certificate' AND "hint" LIKE 'SHA-256 ends %';
UPDATE "provider_credentials" SET "hint" = 'Federated with ' || "hint"
 WHERE "kind" = 'federated' AND "hint" NOT LIKE 'Federated with %';

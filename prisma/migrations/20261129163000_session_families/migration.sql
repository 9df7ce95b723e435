-- What all values of a session's cookie begin with, hashed. Null for the sessions there are, until their next rotation.
ALTER TABLE "browser_sessions" ADD COLUMN     "family_hash" BYTEA;

-- Tenants by a part of their name or address. Reads go on while the index is made; writes to tenants wait, about ten
-- seconds for each million of them.
-- The trigrams of a text, each hashed together with the owner of the row, so that an index of them leaves the rows of
-- others out. A text that is looked for takes every third of them, and its last: enough to find, and fewer to look up.
-- What it costs is what keeps the planner on the index, unless so many rows are expected that a page of them is read
-- sooner in order: of a trigram that is rare it only knows that it is none of the thousand that are common.
CREATE FUNCTION "search_grams"("owner" uuid, "content" text, "step" integer) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
DECLARE
  folded text := lower(content);
  seed bigint := uuid_hash_extended(owner, 0);
  final integer := length(folded) - 2;
  grams bigint[] := '{}';
BEGIN
  FOR i IN 1..final BY step LOOP
    grams := grams || hashtextextended(substr(folded, i, 3), seed);
  END LOOP;
  IF final > 0 AND (final - 1) % step > 0 THEN
    grams := grams || hashtextextended(substr(folded, final, 3), seed);
  END IF;
  RETURN grams;
END $$;
-- A tenant comes in when its creation has ended, once: until then it changes its status, and each change would enter it
-- anew. The list of what is not sorted in yet is kept short, because every search reads it.
CREATE INDEX "tenants_search_idx" ON "tenants" USING gin ("search_grams"("partner_id", "company_name" || ' ' || "email", 1))
  WITH (gin_pending_list_limit = 512) WHERE (status <> 'provisioning');
-- What the planner goes by: how often each trigram occurs.
ANALYZE "tenants";

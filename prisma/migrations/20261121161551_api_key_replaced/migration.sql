-- The key that took the place of another one. May be null: no row is written anew.
ALTER TABLE "api_keys" ADD COLUMN     "replaced_by" UUID;

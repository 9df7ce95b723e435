-- Why the last attempt to deliver came to nothing. May be null: no row is written anew.
ALTER TABLE "webhook_deliveries" ADD COLUMN     "failure" TEXT;

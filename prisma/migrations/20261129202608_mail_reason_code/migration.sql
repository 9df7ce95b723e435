-- AlterTable
ALTER TABLE "mail_messages" ADD COLUMN     "last_reason_code" TEXT;

-- CreateTable
CREATE TABLE "temporary_passwords" (
    "user_id" UUID NOT NULL,
    "operation_run_id" UUID NOT NULL,
    "ciphertext" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "temporary_passwords_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "temporary_passwords_operation_run_id_key" ON "temporary_passwords"("operation_run_id");

-- CreateIndex
CREATE INDEX "temporary_passwords_expires_at_idx" ON "temporary_passwords"("expires_at");

-- AddForeignKey
ALTER TABLE "temporary_passwords" ADD CONSTRAINT "temporary_passwords_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

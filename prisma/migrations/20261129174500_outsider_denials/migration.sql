-- What outsiders were denied, counted by the hour.
CREATE TABLE "outsider_denials" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "reason_code" TEXT NOT NULL,
    "denials" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "last_target_id" UUID,

    CONSTRAINT "outsider_denials_pkey" PRIMARY KEY ("hour","actor_kind","actor_id","action","reason_code")
);

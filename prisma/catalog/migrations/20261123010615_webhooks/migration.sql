-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "webhook" (
    "id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "types" TEXT[],
    "divisions" TEXT[],
    "sealed_secret" BYTEA NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'ACTIVE',
    "state_reason" TEXT,
    "cursor" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "leased_until" TIMESTAMPTZ(3),
    "delivered_count" INTEGER NOT NULL DEFAULT 0,
    "dead_count" INTEGER NOT NULL DEFAULT 0,
    "last_status" INTEGER,
    "last_error" TEXT,
    "last_delivered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_dead_letter" (
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "cursor" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "last_status" INTEGER,
    "last_error" TEXT,
    "died_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "webhook_client_id_id_idx" ON "webhook"("client_id", "id");

-- CreateIndex
CREATE INDEX "webhook_state_next_attempt_at_idx" ON "webhook"("state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "webhook_dead_letter_webhook_id_id_idx" ON "webhook_dead_letter"("webhook_id", "id");

-- by hand: kept when later migrations are generated

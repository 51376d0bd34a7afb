-- AlterTable
ALTER TABLE "export_job" ADD COLUMN     "lease" UUID;

-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- AlterTable
ALTER TABLE "webhook_dead_letter" ADD COLUMN     "resent_at" TIMESTAMPTZ(3),
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'DEAD';

-- CreateIndex
CREATE INDEX "webhook_dead_letter_webhook_id_state_idx" ON "webhook_dead_letter"("webhook_id", "state");

-- by hand: kept when later migrations are generated

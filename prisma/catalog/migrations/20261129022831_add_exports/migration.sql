-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "export_job" (
    "id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "variables" JSONB NOT NULL,
    "legal_basis" TEXT,
    "scenario" TEXT,
    "unmask" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'WAITING',
    "state_reason" TEXT,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "byte_count" BIGINT NOT NULL DEFAULT 0,
    "content_sha256" TEXT,
    "gaps" TEXT[],
    "cursor" TEXT,
    "leased_until" TIMESTAMPTZ(3),
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "export_job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "export_job_client_id_id_idx" ON "export_job"("client_id", "id");

-- CreateIndex
CREATE INDEX "export_job_state_id_idx" ON "export_job"("state", "id");

-- by hand: kept when later migrations are generated

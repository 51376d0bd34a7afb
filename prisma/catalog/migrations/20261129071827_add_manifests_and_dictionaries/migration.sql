-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "trusted_document" (
    "hash" TEXT NOT NULL,
    "name" TEXT,
    "document" TEXT NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "trusted_document_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "operation_manifest" (
    "client_id" TEXT NOT NULL,
    "scenario" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hashes" TEXT[],
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "operation_manifest_pkey" PRIMARY KEY ("client_id","scenario","version")
);

-- CreateTable
CREATE TABLE "dictionary" (
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT,
    "standard" TEXT,
    "edition" TEXT,
    "source" TEXT,
    "entries" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "replaced_at" TIMESTAMPTZ(3),

    CONSTRAINT "dictionary_pkey" PRIMARY KEY ("name","version")
);

-- CreateIndex
CREATE INDEX "operation_manifest_client_id_registered_at_scenario_version_idx" ON "operation_manifest"("client_id", "registered_at", "scenario", "version");

-- CreateIndex
CREATE INDEX "dictionary_replaced_at_name_idx" ON "dictionary"("replaced_at", "name");

-- by hand: kept when later migrations are generated

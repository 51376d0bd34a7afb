-- CreateTable
CREATE TABLE "source_mapping" (
    "system_id" UUID NOT NULL,
    "dataset" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "client_id" TEXT,
    "note" TEXT,
    "stored_at" TIMESTAMPTZ(3) NOT NULL,
    "stored_by" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "source_mapping_pkey" PRIMARY KEY ("system_id","dataset","version")
);

-- CreateTable
CREATE TABLE "source_pull" (
    "system_id" UUID NOT NULL,
    "dataset" TEXT NOT NULL,
    "cursor" TEXT,
    "version" INTEGER NOT NULL,
    "leased_until" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3),
    "last_batch_id" UUID,
    "last_state" TEXT,
    "last_reason" TEXT,

    CONSTRAINT "source_pull_pkey" PRIMARY KEY ("system_id","dataset")
);

-- CreateIndex
CREATE INDEX "source_pull_next_at_idx" ON "source_pull"("next_at");

-- by hand: kept when later migrations are generated

-- CreateTable
CREATE TABLE "access_scope" (
    "digest" TEXT NOT NULL,
    "operation_hash" TEXT NOT NULL,
    "operation_name" TEXT,
    "coordinates" TEXT[],
    "text" TEXT NOT NULL,

    CONSTRAINT "access_scope_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "access_log" (
    "writer" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "client_id" TEXT NOT NULL,
    "department" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "subjects" UUID[],
    "text" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "access_log_pkey" PRIMARY KEY ("writer","sequence","at")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "ledger_writer" (
    "id" UUID NOT NULL,
    "previous" UUID,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "base_sequence" BIGINT NOT NULL,
    "base_hash" BYTEA NOT NULL,
    "last_sequence" BIGINT NOT NULL,
    "last_hash" BYTEA NOT NULL,
    "seal" BYTEA NOT NULL,

    CONSTRAINT "ledger_writer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_checkpoint" (
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "ledger_checkpoint_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "ledger_hold" (
    "id" UUID NOT NULL,
    "from_month" DATE NOT NULL,
    "to_month" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "ledger_hold_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "access_scope_coordinates_idx" ON "access_scope" USING GIN ("coordinates");

-- CreateIndex
CREATE INDEX "access_log_at_writer_sequence_idx" ON "access_log"("at", "writer", "sequence");

-- CreateIndex
CREATE INDEX "access_log_client_id_at_idx" ON "access_log"("client_id", "at");

-- CreateIndex
CREATE INDEX "access_log_department_at_idx" ON "access_log"("department", "at");

-- CreateIndex
CREATE INDEX "access_log_subjects_idx" ON "access_log" USING GIN ("subjects");

-- by hand: kept when later migrations are generated

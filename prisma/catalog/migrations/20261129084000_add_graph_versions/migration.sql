-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "schema_text" (
    "hash" TEXT NOT NULL,
    "sdl" TEXT NOT NULL,

    CONSTRAINT "schema_text_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "graph_version" (
    "number" INTEGER NOT NULL,
    "code_hash" TEXT NOT NULL,
    "supergraph_hash" TEXT NOT NULL,
    "api_hash" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "proposal_id" UUID,
    "rolled_back_to" INTEGER,
    "department_code" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "note" TEXT,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID,

    CONSTRAINT "graph_version_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "graph_version_contract" (
    "number" INTEGER NOT NULL,
    "graph" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "code_hash" TEXT,
    "url" TEXT,

    CONSTRAINT "graph_version_contract_pkey" PRIMARY KEY ("number","graph")
);

-- CreateTable
CREATE TABLE "graph_head" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "number" INTEGER NOT NULL,

    CONSTRAINT "graph_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graph_load" (
    "number" INTEGER NOT NULL,
    "hub_id" UUID NOT NULL,
    "loaded" BOOLEAN NOT NULL,
    "reason" TEXT,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "graph_load_pkey" PRIMARY KEY ("number","hub_id")
);

-- CreateTable
CREATE TABLE "schema_proposal" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "verdict" TEXT,
    "check" TEXT,
    "checked_at" TIMESTAMPTZ(3),
    "published_number" INTEGER,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "schema_proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schema_proposal_contract" (
    "proposal_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "graph" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "schema_proposal_contract_pkey" PRIMARY KEY ("proposal_id","revision","graph")
);

-- CreateTable
CREATE TABLE "schema_sign_off" (
    "proposal_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "department_code" TEXT NOT NULL,
    "agreed" BOOLEAN NOT NULL,
    "note" TEXT,
    "client_id" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "schema_sign_off_pkey" PRIMARY KEY ("proposal_id","revision","department_code")
);

-- CreateTable
CREATE TABLE "external_subgraph" (
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "admitted_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "external_subgraph_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "maintenance_window" (
    "id" UUID NOT NULL,
    "subgraph" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "maintenance_window_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "field_latency" (
    "subgraph" TEXT NOT NULL,
    "coordinate" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "request_count" BIGINT NOT NULL,
    "error_count" BIGINT NOT NULL,
    "buckets" BIGINT[],
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error_at" TIMESTAMPTZ(3),

    CONSTRAINT "field_latency_pkey" PRIMARY KEY ("subgraph","coordinate","day")
);

-- CreateTable
CREATE TABLE "removal_acknowledgement" (
    "coordinate" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "removal_acknowledgement_pkey" PRIMARY KEY ("coordinate","client_id")
);

-- CreateTable
CREATE TABLE "graph_contract" (
    "name" TEXT NOT NULL,
    "title_zh" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "max_grade" INTEGER NOT NULL,
    "include_tags" TEXT[],
    "exclude_tags" TEXT[],
    "defined_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID,

    CONSTRAINT "graph_contract_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "field_statistic" (
    "coordinate" TEXT NOT NULL,
    "table_name" TEXT NOT NULL,
    "column_name" TEXT NOT NULL,
    "row_count" BIGINT NOT NULL,
    "null_fraction" DOUBLE PRECISION NOT NULL,
    "distinct_count" DOUBLE PRECISION NOT NULL,
    "value_hashes" TEXT[],
    "fresh_at" TIMESTAMPTZ(3),
    "sampled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "field_statistic_pkey" PRIMARY KEY ("coordinate")
);

-- CreateIndex
CREATE INDEX "graph_version_proposal_id_idx" ON "graph_version"("proposal_id");

-- CreateIndex
CREATE INDEX "schema_proposal_submitted_at_id_idx" ON "schema_proposal"("submitted_at", "id");

-- CreateIndex
CREATE INDEX "schema_proposal_state_submitted_at_id_idx" ON "schema_proposal"("state", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "schema_proposal_department_code_submitted_at_id_idx" ON "schema_proposal"("department_code", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "maintenance_window_subgraph_ends_at_idx" ON "maintenance_window"("subgraph", "ends_at");

-- by hand: kept when later migrations are generated

-- CreateTable
CREATE TABLE "division" (
    "stat_code" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "parent_stat_code" TEXT,
    "urban_rural_class_code" TEXT,
    "pseudo" BOOLEAN NOT NULL DEFAULT false,
    "functional_zone" BOOLEAN NOT NULL DEFAULT false,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT,
    "township_code" TEXT,
    "list_edition" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "division_pkey" PRIMARY KEY ("stat_code")
);

-- CreateTable
CREATE TABLE "community" (
    "stat_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "community_pkey" PRIMARY KEY ("stat_code")
);

-- CreateTable
CREATE TABLE "grid" (
    "grid_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "grid_pkey" PRIMARY KEY ("grid_code")
);

-- CreateTable
CREATE TABLE "micro_grid" (
    "micro_grid_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "micro_grid_pkey" PRIMARY KEY ("micro_grid_code")
);

-- CreateTable
CREATE TABLE "committee" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "uscc" TEXT,
    "term_number" INTEGER NOT NULL,
    "term_start" DATE NOT NULL,
    "term_end" DATE NOT NULL,
    "chair_name" TEXT NOT NULL,
    "seat_count" INTEGER NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "committee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "community_worker" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_pinyin" TEXT NOT NULL,
    "post" TEXT NOT NULL,
    "grade_level" INTEGER NOT NULL,
    "mode" TEXT NOT NULL,
    "certificate" TEXT,
    "hired_on" DATE NOT NULL,
    "left_on" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "community_worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grid_assignment" (
    "id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "worker_id" UUID,
    "holder_name" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "micro_grid_code" TEXT,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "grid_assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provenance" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "system_code" TEXT NOT NULL,
    "dataset" TEXT NOT NULL,
    "client_id" TEXT,
    "department" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "row_count" INTEGER NOT NULL,

    CONSTRAINT "provenance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "ordinal" INTEGER NOT NULL,
    "event_type" TEXT NOT NULL,
    "entity_type" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "city_code" TEXT,
    "county_code" TEXT,
    "township_code" TEXT,
    "community_code" TEXT,
    "grid_code" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "client_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "mutation" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "response" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("client_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "division_code_key" ON "division"("code");

-- CreateIndex
CREATE INDEX "division_parent_stat_code_stat_code_idx" ON "division"("parent_stat_code", "stat_code");

-- CreateIndex
CREATE INDEX "division_level_stat_code_idx" ON "division"("level", "stat_code");

-- CreateIndex
CREATE INDEX "community_name_stat_code_idx" ON "community"("name", "stat_code");

-- CreateIndex
CREATE INDEX "community_city_code_name_stat_code_idx" ON "community"("city_code", "name", "stat_code");

-- CreateIndex
CREATE INDEX "community_county_code_name_stat_code_idx" ON "community"("county_code", "name", "stat_code");

-- CreateIndex
CREATE INDEX "community_township_code_name_stat_code_idx" ON "community"("township_code", "name", "stat_code");

-- CreateIndex
CREATE INDEX "grid_community_code_grid_code_idx" ON "grid"("community_code", "grid_code");

-- CreateIndex
CREATE INDEX "micro_grid_grid_code_micro_grid_code_idx" ON "micro_grid"("grid_code", "micro_grid_code");

-- CreateIndex
CREATE UNIQUE INDEX "committee_uscc_key" ON "committee"("uscc");

-- CreateIndex
CREATE INDEX "committee_community_code_term_number_idx" ON "committee"("community_code", "term_number");

-- CreateIndex
CREATE INDEX "community_worker_person_id_idx" ON "community_worker"("person_id");

-- CreateIndex
CREATE INDEX "community_worker_city_code_id_idx" ON "community_worker"("city_code", "id");

-- CreateIndex
CREATE INDEX "community_worker_county_code_id_idx" ON "community_worker"("county_code", "id");

-- CreateIndex
CREATE INDEX "community_worker_township_code_id_idx" ON "community_worker"("township_code", "id");

-- CreateIndex
CREATE INDEX "community_worker_community_code_id_idx" ON "community_worker"("community_code", "id");

-- CreateIndex
CREATE INDEX "grid_assignment_grid_code_valid_from_id_idx" ON "grid_assignment"("grid_code", "valid_from", "id");

-- CreateIndex
CREATE INDEX "grid_assignment_worker_id_valid_from_idx" ON "grid_assignment"("worker_id", "valid_from");

-- CreateIndex
CREATE INDEX "grid_assignment_person_id_valid_from_idx" ON "grid_assignment"("person_id", "valid_from");

-- CreateIndex
CREATE INDEX "outbox_xid_ordinal_idx" ON "outbox"("xid", "ordinal");

-- by hand: kept when later migrations are generated

-- One live chief per grid and per micro-grid.
CREATE UNIQUE INDEX "grid_assignment_live_grid_chief_key" ON "grid_assignment"("grid_code")
  WHERE "role" = 'GRID_CHIEF' AND "valid_to" IS NULL;
CREATE UNIQUE INDEX "grid_assignment_live_micro_grid_chief_key" ON "grid_assignment"("micro_grid_code")
  WHERE "role" = 'MICRO_GRID_CHIEF' AND "valid_to" IS NULL;

-- The live posts of a worker, asked for every request of a grid app; the live posts of a territory, counted by role.
CREATE INDEX "grid_assignment_live_worker_idx" ON "grid_assignment"("worker_id") WHERE "valid_to" IS NULL;
CREATE INDEX "grid_assignment_live_grid_role_idx" ON "grid_assignment"("grid_code", "role") WHERE "valid_to" IS NULL;

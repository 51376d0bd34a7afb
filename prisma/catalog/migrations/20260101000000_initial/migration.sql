-- CreateTable
CREATE TABLE "department_system" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT,
    "name_pending" BOOLEAN NOT NULL DEFAULT false,
    "department_code" TEXT NOT NULL,
    "department_name" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "family" TEXT,
    "description" TEXT,
    "article_rows" TEXT[],
    "health" TEXT NOT NULL,
    "row_count" BIGINT,
    "last_synced_at" TIMESTAMPTZ(3),
    "contact_office" TEXT,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "department_system_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_field" (
    "coordinate" TEXT NOT NULL,
    "type_name" TEXT NOT NULL,
    "field_name" TEXT NOT NULL,
    "field_type" TEXT NOT NULL,
    "subgraphs" TEXT[],
    "description_zh" TEXT NOT NULL,
    "description_en" TEXT NOT NULL,
    "source_department" TEXT NOT NULL,
    "sharing" TEXT NOT NULL,
    "sharing_basis" TEXT,
    "grade" INTEGER NOT NULL,
    "category" TEXT NOT NULL,
    "required_right" TEXT,
    "mask" TEXT,
    "unit" TEXT,
    "update_cycle" TEXT NOT NULL,
    "derived_from" TEXT,
    "deprecated" BOOLEAN NOT NULL DEFAULT false,
    "deprecation_reason" TEXT,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_field_pkey" PRIMARY KEY ("coordinate")
);

-- CreateTable
CREATE TABLE "client" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "jurisdiction_codes" TEXT[],
    "jurisdiction_rule" TEXT NOT NULL DEFAULT 'DIVISIONS',
    "rights" TEXT[],
    "cost_budget_per_minute" INTEGER NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schema_version" (
    "id" UUID NOT NULL,
    "graph" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "sdl" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "schema_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recorded_operation" (
    "hash" TEXT NOT NULL,
    "name" TEXT,
    "operation_type" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "coordinates" TEXT[],
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recorded_operation_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "operation_usage" (
    "operation_hash" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "request_count" BIGINT NOT NULL,
    "error_count" BIGINT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operation_usage_pkey" PRIMARY KEY ("operation_hash","client_id","day")
);

-- CreateTable
CREATE TABLE "field_usage" (
    "coordinate" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "request_count" BIGINT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "field_usage_pkey" PRIMARY KEY ("coordinate","client_id","day")
);

-- CreateTable
CREATE TABLE "loaded_city" (
    "id" INTEGER NOT NULL,
    "city" TEXT NOT NULL,
    "scale" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "generator_version" TEXT NOT NULL,
    "reference_instant" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "loaded_at" TIMESTAMPTZ(3),
    "row_count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "loaded_city_pkey" PRIMARY KEY ("id")
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
CREATE UNIQUE INDEX "department_system_code_key" ON "department_system"("code");

-- CreateIndex
CREATE INDEX "department_system_department_code_code_idx" ON "department_system"("department_code", "code");

-- CreateIndex
CREATE INDEX "department_system_tier_code_idx" ON "department_system"("tier", "code");

-- CreateIndex
CREATE INDEX "data_field_type_name_coordinate_idx" ON "data_field"("type_name", "coordinate");

-- CreateIndex
CREATE INDEX "data_field_source_department_coordinate_idx" ON "data_field"("source_department", "coordinate");

-- CreateIndex
CREATE INDEX "schema_version_graph_published_at_idx" ON "schema_version"("graph", "published_at");

-- CreateIndex
CREATE INDEX "outbox_xid_ordinal_idx" ON "outbox"("xid", "ordinal");

-- by hand: kept when later migrations are generated

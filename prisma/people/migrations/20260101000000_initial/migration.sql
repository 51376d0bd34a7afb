-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_pinyin" TEXT NOT NULL,
    "name_initials" TEXT NOT NULL,
    "sex_code" TEXT NOT NULL,
    "birth_date" DATE NOT NULL,
    "citizen_id_sealed" BYTEA NOT NULL,
    "citizen_id_hash" BYTEA NOT NULL,
    "phone_sealed" BYTEA,
    "phone_hash" BYTEA,
    "ethnic_group_code" TEXT NOT NULL,
    "education_code" TEXT NOT NULL,
    "marital_status_code" TEXT NOT NULL,
    "employment_status_code" TEXT NOT NULL,
    "household_id" UUID,
    "relation_to_head_code" TEXT,
    "registered_city_code" TEXT NOT NULL,
    "registered_county_code" TEXT NOT NULL,
    "registered_township_code" TEXT,
    "registered_community_code" TEXT,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "micro_grid_code" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL DEFAULT false,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "household" (
    "id" UUID NOT NULL,
    "household_number" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "head_person_id" UUID,
    "dwelling_id" UUID NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "micro_grid_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "household_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dwelling" (
    "id" UUID NOT NULL,
    "estate_name" TEXT NOT NULL,
    "address_text" TEXT NOT NULL,
    "building" TEXT NOT NULL,
    "unit" TEXT,
    "room" TEXT NOT NULL,
    "area_square_metres" DECIMAL(8,2) NOT NULL,
    "usage" TEXT NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "micro_grid_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "dwelling_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "residence" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "dwelling_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "residence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "community_population" (
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "resident_count" INTEGER NOT NULL,
    "registered_count" INTEGER NOT NULL,
    "household_count" INTEGER NOT NULL,

    CONSTRAINT "community_population_pkey" PRIMARY KEY ("community_code")
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
CREATE INDEX "person_phone_hash_idx" ON "person"("phone_hash");

-- CreateIndex
CREATE INDEX "person_household_id_relation_to_head_code_id_idx" ON "person"("household_id", "relation_to_head_code", "id");

-- CreateIndex
CREATE INDEX "person_city_code_id_idx" ON "person"("city_code", "id");

-- CreateIndex
CREATE INDEX "person_county_code_id_idx" ON "person"("county_code", "id");

-- CreateIndex
CREATE INDEX "person_township_code_id_idx" ON "person"("township_code", "id");

-- CreateIndex
CREATE INDEX "person_community_code_id_idx" ON "person"("community_code", "id");

-- CreateIndex
CREATE INDEX "person_grid_code_id_idx" ON "person"("grid_code", "id");

-- CreateIndex
CREATE INDEX "person_city_code_name_pinyin_id_idx" ON "person"("city_code", "name_pinyin", "id");

-- CreateIndex
CREATE INDEX "person_county_code_name_pinyin_id_idx" ON "person"("county_code", "name_pinyin", "id");

-- CreateIndex
CREATE INDEX "person_township_code_name_pinyin_id_idx" ON "person"("township_code", "name_pinyin", "id");

-- CreateIndex
CREATE INDEX "person_community_code_name_pinyin_id_idx" ON "person"("community_code", "name_pinyin", "id");

-- CreateIndex
CREATE INDEX "person_city_code_birth_date_id_idx" ON "person"("city_code", "birth_date", "id");

-- CreateIndex
CREATE INDEX "person_county_code_birth_date_id_idx" ON "person"("county_code", "birth_date", "id");

-- CreateIndex
CREATE INDEX "person_township_code_birth_date_id_idx" ON "person"("township_code", "birth_date", "id");

-- CreateIndex
CREATE INDEX "person_community_code_birth_date_id_idx" ON "person"("community_code", "birth_date", "id");

-- CreateIndex
CREATE INDEX "person_registered_community_code_idx" ON "person"("registered_community_code");

-- CreateIndex
CREATE UNIQUE INDEX "person_citizen_id_hash_key" ON "person"("citizen_id_hash");

-- CreateIndex
CREATE UNIQUE INDEX "household_household_number_key" ON "household"("household_number");

-- CreateIndex
CREATE INDEX "household_dwelling_id_id_idx" ON "household"("dwelling_id", "id");

-- CreateIndex
CREATE INDEX "household_community_code_id_idx" ON "household"("community_code", "id");

-- CreateIndex
CREATE INDEX "household_grid_code_id_idx" ON "household"("grid_code", "id");

-- CreateIndex
CREATE INDEX "dwelling_community_code_id_idx" ON "dwelling"("community_code", "id");

-- CreateIndex
CREATE INDEX "dwelling_grid_code_id_idx" ON "dwelling"("grid_code", "id");

-- CreateIndex
CREATE INDEX "residence_person_id_valid_from_idx" ON "residence"("person_id", "valid_from");

-- CreateIndex
CREATE INDEX "residence_dwelling_id_idx" ON "residence"("dwelling_id");

-- CreateIndex
CREATE INDEX "residence_community_code_id_idx" ON "residence"("community_code", "id");

-- CreateIndex
CREATE INDEX "community_population_city_code_idx" ON "community_population"("city_code");

-- CreateIndex
CREATE INDEX "community_population_county_code_idx" ON "community_population"("county_code");

-- CreateIndex
CREATE INDEX "community_population_township_code_idx" ON "community_population"("township_code");

-- CreateIndex
CREATE INDEX "outbox_xid_ordinal_idx" ON "outbox"("xid", "ordinal");

-- by hand: kept when later migrations are generated

-- A prefix of a name in pinyin is a range of code points; in the order of a language the range would be another one.
ALTER TABLE "person" ALTER COLUMN "name_pinyin" TYPE text COLLATE "C";

-- One live row per kind, and one dwelling at a time that somebody lives in.
CREATE UNIQUE INDEX "residence_live_kind_key" ON "residence"("person_id", "kind") WHERE "valid_to" IS NULL;
CREATE UNIQUE INDEX "residence_live_living_key" ON "residence"("person_id")
  WHERE "valid_to" IS NULL AND "kind" IN ('RESIDENT', 'MIGRANT');

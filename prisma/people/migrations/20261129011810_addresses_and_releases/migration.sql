-- AlterTable
ALTER TABLE "dwelling" ADD COLUMN     "address_id" UUID;

-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "standard_address" (
    "id" UUID NOT NULL,
    "level" TEXT NOT NULL,
    "parent_id" UUID,
    "name" TEXT NOT NULL,
    "address_text" TEXT NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "standard_address_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "population_release" (
    "id" UUID NOT NULL,
    "city_code" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "small_count_floor" INTEGER NOT NULL,
    "cell_count" INTEGER NOT NULL,
    "withheld_count" INTEGER NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "population_release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "population_cell" (
    "release_id" UUID NOT NULL,
    "area_code" TEXT NOT NULL,
    "sex_code" TEXT NOT NULL,
    "age_band" TEXT NOT NULL,
    "count" INTEGER,

    CONSTRAINT "population_cell_pkey" PRIMARY KEY ("release_id","area_code","sex_code","age_band")
);

-- CreateIndex
CREATE INDEX "standard_address_parent_id_name_id_idx" ON "standard_address"("parent_id", "name", "id");

-- CreateIndex
CREATE INDEX "standard_address_city_code_level_name_id_idx" ON "standard_address"("city_code", "level", "name", "id");

-- CreateIndex
CREATE INDEX "standard_address_county_code_level_name_id_idx" ON "standard_address"("county_code", "level", "name", "id");

-- CreateIndex
CREATE INDEX "standard_address_township_code_level_name_id_idx" ON "standard_address"("township_code", "level", "name", "id");

-- CreateIndex
CREATE INDEX "standard_address_community_code_level_name_id_idx" ON "standard_address"("community_code", "level", "name", "id");

-- CreateIndex
CREATE INDEX "standard_address_address_text_idx" ON "standard_address" USING GIN ("address_text" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "population_release_city_code_as_of_key" ON "population_release"("city_code", "as_of");

-- CreateIndex
CREATE INDEX "dwelling_address_id_room_id_idx" ON "dwelling"("address_id", "room", "id");

-- by hand: kept when later migrations are generated

ALTER TABLE "standard_address" ADD CONSTRAINT "standard_address_level_check"
  CHECK ("level" IN ('ESTATE', 'BUILDING', 'STAIRWELL') AND ("level" = 'ESTATE') = ("parent_id" IS NULL));
ALTER TABLE "standard_address" ADD CONSTRAINT "standard_address_range_check"
  CHECK ("valid_to" IS NULL OR "valid_from" IS NULL OR "valid_to" > "valid_from");
-- One live address of a name below its parent, one live estate of a name in its community, one dwelling of a number.
CREATE UNIQUE INDEX "standard_address_live_below_key" ON "standard_address"("parent_id", "name")
  WHERE "valid_to" IS NULL AND "parent_id" IS NOT NULL;
CREATE UNIQUE INDEX "standard_address_live_estate_key" ON "standard_address"("community_code", "name")
  WHERE "valid_to" IS NULL AND "parent_id" IS NULL;
CREATE UNIQUE INDEX "dwelling_room_key" ON "dwelling"("address_id", "building", "room") WHERE "address_id" IS NOT NULL;

-- Statistics come out at most this often: two releases close to each other would tell who moved in between.
INSERT INTO "people_rule" ("code", "effective_from", "value", "unit", "legal_basis")
VALUES ('RELEASE_INTERVAL_DAYS', '2020-01-01', 30, 'day', NULL);

-- DropIndex
DROP INDEX "care_tag_city_code_kind_id_idx";

-- DropIndex
DROP INDEX "care_tag_community_code_kind_id_idx";

-- DropIndex
DROP INDEX "care_tag_county_code_kind_id_idx";

-- DropIndex
DROP INDEX "care_tag_township_code_kind_id_idx";

-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "resident_move" (
    "from_grid_code" TEXT NOT NULL,
    "to_grid_code" TEXT NOT NULL,
    "from_community_code" TEXT NOT NULL,
    "to_community_code" TEXT NOT NULL,
    "whole_community" BOOLEAN NOT NULL,
    "effective_on" DATE NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "moved_at" TIMESTAMPTZ(3),
    "moved_persons" INTEGER NOT NULL DEFAULT 0,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "resident_move_pkey" PRIMARY KEY ("from_grid_code")
);

-- CreateIndex
CREATE INDEX "resident_move_from_community_code_idx" ON "resident_move"("from_community_code");

-- by hand: kept when later migrations are generated
-- What waits to be moved.
CREATE INDEX "resident_move_waiting_idx" ON "resident_move"("requested_at", "from_grid_code") WHERE "moved_at" IS NULL;
-- Two sexes share the register; the other two codes are rare, and are found without looking at everybody.
CREATE INDEX "person_rare_sex_idx" ON "person"("sex_code", "city_code", "id") WHERE "sex_code" <> '1' AND "sex_code" <> '2';
-- Lists show live tags: former ones are in none of these.
CREATE INDEX "care_tag_live_city_idx" ON "care_tag"("city_code", "kind", "id") WHERE "valid_to" IS NULL;
CREATE INDEX "care_tag_live_county_idx" ON "care_tag"("county_code", "kind", "id") WHERE "valid_to" IS NULL;
CREATE INDEX "care_tag_live_township_idx" ON "care_tag"("township_code", "kind", "id") WHERE "valid_to" IS NULL;
CREATE INDEX "care_tag_live_community_idx" ON "care_tag"("community_code", "kind", "id") WHERE "valid_to" IS NULL;
CREATE INDEX "care_tag_live_grid_idx" ON "care_tag"("grid_code", "kind", "id") WHERE "valid_to" IS NULL;
-- A community's tags are counted anew when one of them changes, the former ones included.
CREATE INDEX "care_tag_community_code_idx" ON "care_tag"("community_code");

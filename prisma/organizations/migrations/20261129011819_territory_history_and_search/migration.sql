-- AlterTable
ALTER TABLE "community" ADD COLUMN     "valid_from" DATE,
ADD COLUMN     "valid_to" DATE;

-- AlterTable
ALTER TABLE "division" ADD COLUMN     "valid_from" DATE,
ADD COLUMN     "valid_to" DATE;

-- AlterTable
ALTER TABLE "grid" ADD COLUMN     "unified_lines" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "grid_assignment" ADD COLUMN     "end_reason" TEXT;

-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "address_text" TEXT,
ADD COLUMN     "estate_id" UUID,
ADD COLUMN     "name_initials" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "name_pinyin" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "phone" TEXT;

-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "indicator_report" (
    "id" UUID NOT NULL,
    "indicator_id" UUID NOT NULL,
    "division_code" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "value" DECIMAL(18,4) NOT NULL,
    "note" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "indicator_report_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "indicator_report_indicator_id_division_code_day_key" ON "indicator_report"("indicator_id", "division_code", "day");

-- CreateIndex
CREATE INDEX "organization_estate_id_idx" ON "organization"("estate_id");

-- CreateIndex
CREATE INDEX "organization_phone_idx" ON "organization"("phone");

-- CreateIndex
CREATE INDEX "organization_name_idx" ON "organization" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "organization_name_pinyin_idx" ON "organization" USING GIN ("name_pinyin" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "organization_name_initials_idx" ON "organization" USING GIN ("name_initials" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "organization_address_text_idx" ON "organization" USING GIN ("address_text" gin_trgm_ops);

-- by hand: kept when later migrations are generated

ALTER TABLE "division" ADD CONSTRAINT "division_range_check"
  CHECK ("valid_to" IS NULL OR "valid_from" IS NULL OR "valid_to" > "valid_from");
ALTER TABLE "community" ADD CONSTRAINT "community_range_check"
  CHECK ("valid_to" IS NULL OR "valid_from" IS NULL OR "valid_to" > "valid_from");
ALTER TABLE "grid" ADD CONSTRAINT "grid_unified_lines_check"
  CHECK ("unified_lines" <@ ARRAY['RESOURCES', 'PERSONNEL', 'INFORMATION_COLLECTION', 'SERVICE_STANDARDS', 'MANAGEMENT']);
-- Full time is full time: a person holds one such post in the grids at a time.
CREATE UNIQUE INDEX "grid_assignment_live_full_time_key" ON "grid_assignment"("person_id")
  WHERE "role" = 'FULL_TIME_GRID_WORKER' AND "valid_to" IS NULL;
CREATE UNIQUE INDEX "grid_assignment_live_post_key" ON "grid_assignment"("grid_code", "person_id", "role", coalesce("micro_grid_code", ''))
  WHERE "valid_to" IS NULL;
ALTER TABLE "grid_assignment" ADD CONSTRAINT "grid_assignment_range_check"
  CHECK ("valid_to" IS NULL OR "valid_to" > "valid_from");

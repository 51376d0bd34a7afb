-- AlterTable
ALTER TABLE "facility" ADD COLUMN     "assessment_id" UUID,
ADD COLUMN     "assessed_in_review" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "bookable" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "closes_at_minute" INTEGER,
ADD COLUMN     "latitude" DOUBLE PRECISION,
ADD COLUMN     "longitude" DOUBLE PRECISION,
ADD COLUMN     "meets_standard" BOOLEAN,
ADD COLUMN     "opens_at_minute" INTEGER,
ADD COLUMN     "position_synthetic" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "community_place" (
    "community_code" TEXT NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,

    CONSTRAINT "community_place_pkey" PRIMARY KEY ("community_code")
);

-- CreateTable
CREATE TABLE "facility_standard" (
    "id" UUID NOT NULL,
    "city_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "facility_kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "issuer" TEXT,
    "published_on" DATE,
    "document_reference" TEXT,
    "based_on_id" UUID,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "facility_standard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "standard_part" (
    "id" UUID NOT NULL,
    "standard_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "aspect_id" UUID,
    "name" TEXT,
    "rule_code" TEXT,

    CONSTRAINT "standard_part_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "facility_assessment" (
    "id" UUID NOT NULL,
    "facility_id" UUID NOT NULL,
    "standard_id" UUID NOT NULL,
    "assessed_on" DATE NOT NULL,
    "department_code" TEXT NOT NULL,
    "met_count" INTEGER NOT NULL,
    "not_met_count" INTEGER NOT NULL,
    "not_applicable_count" INTEGER NOT NULL,
    "meets" BOOLEAN NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "facility_assessment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assessment_finding" (
    "assessment_id" UUID NOT NULL,
    "clause_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "assessment_finding_pkey" PRIMARY KEY ("assessment_id","clause_id")
);

-- CreateTable
CREATE TABLE "facility_booking" (
    "id" UUID NOT NULL,
    "facility_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "purpose" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "booker_person_id" UUID,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "facility_booking_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "facility_booking_slot" (
    "facility_id" UUID NOT NULL,
    "slot_at" TIMESTAMPTZ(3) NOT NULL,
    "booking_id" UUID NOT NULL,

    CONSTRAINT "facility_booking_slot_pkey" PRIMARY KEY ("facility_id","slot_at")
);

-- CreateTable
CREATE TABLE "facility_upgrade" (
    "id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "grant_yuan" INTEGER NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "facility_upgrade_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "facility_report" (
    "city_code" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "total" DECIMAL(14,2),
    "mean" DECIMAL(12,2),
    "note" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "facility_report_pkey" PRIMARY KEY ("city_code","subject")
);

-- CreateTable
CREATE TABLE "estate_device" (
    "id" UUID NOT NULL,
    "device_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "estate_name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "estate_device_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entry_event" (
    "id" UUID NOT NULL,
    "device_id" UUID NOT NULL,
    "person_id" UUID,
    "direction" TEXT NOT NULL,
    "passed_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "entry_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "facility_standard_city_code_id_idx" ON "facility_standard"("city_code", "id");

-- CreateIndex
CREATE UNIQUE INDEX "standard_part_standard_id_kind_ordinal_key" ON "standard_part"("standard_id", "kind", "ordinal");

-- CreateIndex
CREATE INDEX "facility_assessment_facility_id_assessed_on_id_idx" ON "facility_assessment"("facility_id", "assessed_on", "id");

-- CreateIndex
CREATE INDEX "facility_booking_facility_id_starts_at_id_idx" ON "facility_booking"("facility_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "facility_booking_city_code_starts_at_id_idx" ON "facility_booking"("city_code", "starts_at", "id");

-- CreateIndex
CREATE INDEX "facility_booking_county_code_starts_at_id_idx" ON "facility_booking"("county_code", "starts_at", "id");

-- CreateIndex
CREATE INDEX "facility_booking_township_code_starts_at_id_idx" ON "facility_booking"("township_code", "starts_at", "id");

-- CreateIndex
CREATE INDEX "facility_booking_community_code_starts_at_id_idx" ON "facility_booking"("community_code", "starts_at", "id");

-- CreateIndex
CREATE INDEX "facility_booking_slot_booking_id_idx" ON "facility_booking_slot"("booking_id");

-- CreateIndex
CREATE UNIQUE INDEX "facility_upgrade_community_code_year_key" ON "facility_upgrade"("community_code", "year");

-- CreateIndex
CREATE UNIQUE INDEX "estate_device_device_code_key" ON "estate_device"("device_code");

-- CreateIndex
CREATE INDEX "estate_device_city_code_id_idx" ON "estate_device"("city_code", "id");

-- CreateIndex
CREATE INDEX "estate_device_county_code_id_idx" ON "estate_device"("county_code", "id");

-- CreateIndex
CREATE INDEX "estate_device_township_code_id_idx" ON "estate_device"("township_code", "id");

-- CreateIndex
CREATE INDEX "estate_device_community_code_id_idx" ON "estate_device"("community_code", "id");

-- CreateIndex
CREATE INDEX "estate_device_grid_code_id_idx" ON "estate_device"("grid_code", "id");

-- CreateIndex
CREATE INDEX "entry_event_device_id_passed_at_id_idx" ON "entry_event"("device_id", "passed_at", "id");

-- by hand: kept when later migrations are generated

-- Where a facility lies: a box around a point is a range of the latitude, and the index carries the rest.
CREATE INDEX "facility_position_idx" ON "facility"("latitude", "longitude") INCLUDE ("kind", "stage") WHERE "latitude" IS NOT NULL;
-- The ledger: counted and summed out of the index alone.
CREATE INDEX "facility_city_ledger_idx" ON "facility"("city_code", "kind", "tier", "stage", "community_code") INCLUDE ("area_square_metres", "meets_standard");
CREATE INDEX "facility_county_ledger_idx" ON "facility"("county_code", "kind", "tier", "stage", "community_code") INCLUDE ("area_square_metres", "meets_standard");
CREATE INDEX "facility_upgrade_city_idx" ON "facility_upgrade"("city_code", "community_code", "year") INCLUDE ("grant_yuan");
ALTER TABLE "facility" ADD CONSTRAINT "facility_position_check" CHECK (
  ("latitude" IS NULL) = ("longitude" IS NULL) AND ("latitude" BETWEEN -90 AND 90 OR "latitude" IS NULL) AND ("longitude" BETWEEN -180 AND 180 OR "longitude" IS NULL));
ALTER TABLE "facility" ADD CONSTRAINT "facility_hours_check" CHECK (
  ("opens_at_minute" IS NULL) = ("closes_at_minute" IS NULL) AND ("opens_at_minute" IS NULL OR ("opens_at_minute" >= 0 AND "closes_at_minute" > "opens_at_minute" AND "closes_at_minute" <= 1440)));
ALTER TABLE "facility_booking" ADD CONSTRAINT "facility_booking_range_check" CHECK ("ends_at" > "starts_at");
-- A slot begins on a half-hour, so that two bookings that overlap in time share one.
ALTER TABLE "facility_booking_slot" ADD CONSTRAINT "facility_booking_slot_half_hour_check" CHECK (extract(epoch FROM "slot_at")::bigint % 1800 = 0);
ALTER TABLE "facility_upgrade" ADD CONSTRAINT "facility_upgrade_grant_check" CHECK ("grant_yuan" > 0);
ALTER TABLE "assessment_finding" ADD CONSTRAINT "assessment_finding_verdict_check" CHECK ("verdict" IN ('MET', 'NOT_MET', 'NOT_APPLICABLE'));

INSERT INTO "governance_rule" ("code", "effective_from", "kind", "title_zh", "title_en", "amount", "unit", "parameters", "legal_basis", "basis_confirmed") VALUES
  ('AREA_FLOOR_URBAN', '2000-01-01', 'FLOOR', '城市社区党群服务中心面积', 'Floor area of an urban community’s party and mass service centre', 600, 'SQUARE_METRE', '{}', '烟台市城乡社区治理经验材料：城市社区党群服务中心不低于600平方米；文号与施行日期待补', false),
  ('AREA_FLOOR_RURAL', '2000-01-01', 'FLOOR', '农村社区党群服务中心面积', 'Floor area of a rural community’s party and mass service centre', 500, 'SQUARE_METRE', '{}', '烟台市城乡社区治理经验材料：农村社区党群服务中心不低于500平方米；文号与施行日期待补', false),
  ('SERVICE_CIRCLE_LIFE', '2000-01-01', 'THRESHOLD', '十分钟生活服务圈', 'Ten-minute circle of daily services', 10, 'MINUTE', '{"kinds": ["PARTY_MASS_SERVICE_CENTRE", "CONVENIENCE_STATION", "ELDER_CARE_CENTRE"], "metresPerMinute": 80, "detour": 1.3}', '三亚市城乡社区治理经验材料：十分钟服务圈；设施种类、步行速度与绕行系数为平台默认值，待城市补充依据', false),
  ('SERVICE_CIRCLE_HEALTH', '2000-01-01', 'THRESHOLD', '十分钟卫生服务圈', 'Ten-minute circle of health services', 10, 'MINUTE', '{"kinds": ["HEALTH_STATION"], "metresPerMinute": 80, "detour": 1.3}', '三亚市城乡社区治理经验材料：十分钟服务圈；设施种类、步行速度与绕行系数为平台默认值，待城市补充依据', false),
  ('SERVICE_CIRCLE_CULTURE', '2000-01-01', 'THRESHOLD', '十分钟文化服务圈', 'Ten-minute circle of cultural services', 10, 'MINUTE', '{"kinds": ["RESIDENTS_LOUNGE", "PUBLIC_SPACE"], "metresPerMinute": 80, "detour": 1.3}', '三亚市城乡社区治理经验材料：十分钟服务圈；设施种类、步行速度与绕行系数为平台默认值，待城市补充依据', false),
  ('BOOKING_LIMIT', '2000-01-01', 'THRESHOLD', '设施预约时长与提前天数上限', 'How long a facility may be booked, and how many days ahead', 8, 'HOUR', '{"daysAhead": 60}', '平台默认值，待城市补充依据 Default until the city names its own basis', false);

-- AlterTable
ALTER TABLE "service_item" ADD COLUMN     "funding_tier" TEXT NOT NULL DEFAULT 'COUNTY',
ADD COLUMN     "service_group" TEXT NOT NULL DEFAULT 'OTHER',
ADD COLUMN     "supply_tier" TEXT NOT NULL DEFAULT 'COMMUNITY';

-- CreateTable
CREATE TABLE "service_guide" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "effective_from" DATE NOT NULL,
    "conditions" TEXT NOT NULL,
    "steps" TEXT[],
    "fee" TEXT NOT NULL,
    "materials" JSONB NOT NULL,
    "legal_basis" TEXT NOT NULL,
    "basis_confirmed" BOOLEAN NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "service_guide_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_window" (
    "id" UUID NOT NULL,
    "facility_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "opening_hours" TEXT NOT NULL,
    "duty_worker_id" UUID,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "service_window_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_request" (
    "id" UUID NOT NULL,
    "request_number" TEXT NOT NULL,
    "item_id" UUID NOT NULL,
    "guide_id" UUID,
    "applicant_person_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "first_contact_department_code" TEXT NOT NULL,
    "first_contact_worker_id" UUID,
    "handler_department_code" TEXT NOT NULL,
    "handler_worker_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),
    "supplement_asked_at" TIMESTAMPTZ(3),
    "started_on" DATE,
    "promised_working_days" INTEGER NOT NULL,
    "legal_working_days" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "calendar_version" TEXT,
    "overdue_told_at" TIMESTAMPTZ(3),
    "provider_organization_id" UUID,
    "slot_starts_at" TIMESTAMPTZ(3),
    "slot_ends_at" TIMESTAMPTZ(3),
    "rating" TEXT,
    "rated_on" DATE,
    "closed_at" TIMESTAMPTZ(3),
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "service_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_material" (
    "request_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "necessity" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "source_department_code" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "request_material_pkey" PRIMARY KEY ("request_id","code")
);

-- CreateTable
CREATE TABLE "agency_service" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "agent_worker_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "consented_on" DATE NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "agency_service_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate_item" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "named" BOOLEAN NOT NULL,
    "allowed" BOOLEAN NOT NULL,
    "legal_basis" TEXT NOT NULL,
    "basis_confirmed" BOOLEAN NOT NULL,
    "removed_on" DATE,
    "substitute_check_code" TEXT,
    "substitute_department_code" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "certificate_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issued_certificate" (
    "id" UUID NOT NULL,
    "certificate_number" TEXT NOT NULL,
    "certificate_item_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "issuer_department_code" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "issued_certificate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "service_guide_item_id_version_key" ON "service_guide"("item_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "service_guide_item_id_effective_from_key" ON "service_guide"("item_id", "effective_from");

-- CreateIndex
CREATE INDEX "service_window_facility_id_id_idx" ON "service_window"("facility_id", "id");

-- CreateIndex
CREATE INDEX "service_window_city_code_id_idx" ON "service_window"("city_code", "id");

-- CreateIndex
CREATE INDEX "service_window_county_code_id_idx" ON "service_window"("county_code", "id");

-- CreateIndex
CREATE INDEX "service_window_township_code_id_idx" ON "service_window"("township_code", "id");

-- CreateIndex
CREATE INDEX "service_window_community_code_id_idx" ON "service_window"("community_code", "id");

-- CreateIndex
CREATE UNIQUE INDEX "service_request_request_number_key" ON "service_request"("request_number");

-- CreateIndex
CREATE INDEX "service_request_applicant_person_id_created_at_id_idx" ON "service_request"("applicant_person_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "service_request_city_code_created_at_id_idx" ON "service_request"("city_code", "created_at", "id");

-- CreateIndex
CREATE INDEX "service_request_county_code_created_at_id_idx" ON "service_request"("county_code", "created_at", "id");

-- CreateIndex
CREATE INDEX "service_request_township_code_created_at_id_idx" ON "service_request"("township_code", "created_at", "id");

-- CreateIndex
CREATE INDEX "service_request_community_code_created_at_id_idx" ON "service_request"("community_code", "created_at", "id");

-- CreateIndex
CREATE INDEX "agency_service_request_id_started_at_id_idx" ON "agency_service"("request_id", "started_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_item_code_key" ON "certificate_item"("code");

-- CreateIndex
CREATE INDEX "certificate_item_allowed_code_idx" ON "certificate_item"("allowed", "code");

-- CreateIndex
CREATE UNIQUE INDEX "issued_certificate_certificate_number_key" ON "issued_certificate"("certificate_number");

-- CreateIndex
CREATE INDEX "issued_certificate_city_code_issued_at_id_idx" ON "issued_certificate"("city_code", "issued_at", "id");

-- CreateIndex
CREATE INDEX "issued_certificate_county_code_issued_at_id_idx" ON "issued_certificate"("county_code", "issued_at", "id");

-- CreateIndex
CREATE INDEX "issued_certificate_township_code_issued_at_id_idx" ON "issued_certificate"("township_code", "issued_at", "id");

-- CreateIndex
CREATE INDEX "issued_certificate_community_code_issued_at_id_idx" ON "issued_certificate"("community_code", "issued_at", "id");

-- CreateIndex
CREATE INDEX "service_item_service_group_item_code_idx" ON "service_item"("service_group", "item_code");

-- CreateIndex
CREATE INDEX "service_item_supply_tier_item_code_idx" ON "service_item"("supply_tier", "item_code");

-- by hand: kept when later migrations are generated

-- The four ways of handling, each a short list by code.
CREATE INDEX "service_item_immediate_idx" ON "service_item"("item_code") WHERE 'IMMEDIATE' = ANY("modes");
CREATE INDEX "service_item_online_idx" ON "service_item"("item_code") WHERE 'ONLINE' = ANY("modes");
CREATE INDEX "service_item_nearby_idx" ON "service_item"("item_code") WHERE 'NEARBY' = ANY("modes");
CREATE INDEX "service_item_once_idx" ON "service_item"("item_code") WHERE 'ONCE' = ANY("modes");
ALTER TABLE "service_item" ADD CONSTRAINT "service_item_promise_check"
  CHECK ("promised_working_days" BETWEEN 1 AND "legal_working_days");

-- Nobody runs for the same item twice at a time; orders of services are as many as one likes, one per slot of a provider.
CREATE UNIQUE INDEX "service_request_live_key" ON "service_request"("applicant_person_id", "item_id")
  WHERE "closed_at" IS NULL AND "slot_starts_at" IS NULL;
CREATE UNIQUE INDEX "service_request_slot_key" ON "service_request"("provider_organization_id", "slot_starts_at")
  WHERE "closed_at" IS NULL AND "slot_starts_at" IS NOT NULL;
CREATE UNIQUE INDEX "agency_service_live_key" ON "agency_service"("request_id") WHERE "ended_at" IS NULL;
-- The work of a department and of a worker, the earliest deadline first.
CREATE INDEX "service_request_department_due_idx" ON "service_request"("handler_department_code", "due_at", "id")
  INCLUDE ("city_code", "county_code", "township_code", "community_code") WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "service_request_worker_due_idx" ON "service_request"("handler_worker_id", "due_at", "id")
  WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
-- Overdue requests by area, and those that the change feed has not been told of yet.
CREATE INDEX "service_request_city_due_idx" ON "service_request"("city_code", "due_at", "id") WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "service_request_county_due_idx" ON "service_request"("county_code", "due_at", "id") WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "service_request_township_due_idx" ON "service_request"("township_code", "due_at", "id") WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "service_request_community_due_idx" ON "service_request"("community_code", "due_at", "id") WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "service_request_untold_idx" ON "service_request"("due_at", "id")
  WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL AND "overdue_told_at" IS NULL;
-- Those that were counted on certain calendars, to be counted anew when a year is published.
CREATE INDEX "service_request_calendar_idx" ON "service_request"("calendar_version", "id") WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
ALTER TABLE "service_request" ADD CONSTRAINT "service_request_rating_check" CHECK ("rating" IN
  ('VERY_SATISFIED', 'SATISFIED', 'BASICALLY_SATISFIED', 'DISSATISFIED', 'VERY_DISSATISFIED'));
ALTER TABLE "service_request" ADD CONSTRAINT "service_request_promise_check"
  CHECK ("promised_working_days" BETWEEN 1 AND "legal_working_days");
ALTER TABLE "service_request" ADD CONSTRAINT "service_request_slot_check"
  CHECK ("slot_starts_at" IS NULL OR ("provider_organization_id" IS NOT NULL AND "slot_ends_at" = "slot_starts_at" + interval '1 hour'));
-- What is not issued any more was never written here either.
ALTER TABLE "certificate_item" ADD CONSTRAINT "certificate_item_removed_check"
  CHECK (CASE WHEN "allowed" THEN "removed_on" IS NULL AND "substitute_department_code" IS NULL
              ELSE NOT "named" OR "substitute_department_code" IS NOT NULL END);

INSERT INTO "governance_rule" ("code", "effective_from", "kind", "title_zh", "title_en", "amount", "unit", "parameters", "legal_basis", "basis_confirmed") VALUES
  ('ONE_TIME_NOTICE', '2004-07-01', 'DEADLINE', '一次性告知需补正的全部内容', 'Telling once everything that is missing', 5, 'WORKING_DAY', '{}', '《中华人民共和国行政许可法》第三十二条（逾期不告知的，自收到申请材料之日起即为受理）', true),
  ('MATERIAL_REUSE', '2000-01-01', 'THRESHOLD', '已提交材料可复用的期限', 'How long a material that was given may be used again', 365, 'CALENDAR_DAY', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('BAD_RATING_RECTIFICATION', '2020-01-01', 'DEADLINE', '差评整改', 'Putting right what was rated badly', 15, 'WORKING_DAY', '{}', '各地政务服务“好差评”制度（15 个工作日），待城市补充依据 City rules on ratings; the city names its own', false);

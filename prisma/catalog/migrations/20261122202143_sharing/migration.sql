-- CreateTable
CREATE TABLE "deadline_rule" (
    "code" TEXT NOT NULL,
    "effective_from" DATE NOT NULL,
    "title_zh" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "legal_basis" TEXT NOT NULL,
    "basis_confirmed" BOOLEAN NOT NULL,

    CONSTRAINT "deadline_rule_pkey" PRIMARY KEY ("code","effective_from")
);

-- CreateTable
CREATE TABLE "working_calendar_year" (
    "year" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "holidays" JSONB NOT NULL,
    "make_up_days" TEXT[],
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "working_calendar_year_pkey" PRIMARY KEY ("year","version")
);

-- CreateTable
CREATE TABLE "duty" (
    "id" UUID NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "department_code" TEXT NOT NULL,
    "rule_code" TEXT NOT NULL,
    "rule_effective_from" DATE NOT NULL,
    "started_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "certainty" TEXT NOT NULL,
    "calendar_version" TEXT NOT NULL,
    "met_at" TIMESTAMPTZ(3),
    "escalated_at" TIMESTAMPTZ(3),
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "duty_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "matter_step" (
    "subject_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "subject_type" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_department_code" TEXT NOT NULL,
    "note" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "matter_step_pkey" PRIMARY KEY ("subject_id","ordinal")
);

-- CreateTable
CREATE TABLE "catalogue_submission" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "coordinate" TEXT NOT NULL,
    "item_name" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "source_department" TEXT NOT NULL,
    "sharing" TEXT NOT NULL,
    "sharing_basis" TEXT,
    "grade" INTEGER NOT NULL,
    "category" TEXT NOT NULL,
    "update_cycle" TEXT NOT NULL,
    "unit" TEXT,
    "mask" TEXT,
    "exception_ground" TEXT,
    "state" TEXT NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "catalogue_submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalogue_version" (
    "coordinate" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "source_department" TEXT NOT NULL,
    "sharing" TEXT NOT NULL,
    "sharing_basis" TEXT,
    "grade" INTEGER NOT NULL,
    "category" TEXT NOT NULL,
    "update_cycle" TEXT NOT NULL,
    "unit" TEXT,
    "mask" TEXT,
    "origin" TEXT NOT NULL,
    "submission_id" UUID,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),

    CONSTRAINT "catalogue_version_pkey" PRIMARY KEY ("coordinate","version")
);

-- CreateTable
CREATE TABLE "collection_exception" (
    "id" UUID NOT NULL,
    "coordinate" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "submission_id" UUID NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),

    CONSTRAINT "collection_exception_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sharing_request" (
    "id" UUID NOT NULL,
    "requesting_department" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "providing_department" TEXT NOT NULL,
    "legal_basis_code" TEXT NOT NULL,
    "basis_text" TEXT NOT NULL,
    "scenario_code" TEXT NOT NULL,
    "purpose_text" TEXT NOT NULL,
    "coordinates" TEXT[],
    "division_codes" TEXT[],
    "rows_text" TEXT,
    "mode" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_until" DATE NOT NULL,
    "attribute" TEXT NOT NULL,
    "supplemented" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "sharing_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sharing_grant" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "requesting_department" TEXT NOT NULL,
    "providing_department" TEXT NOT NULL,
    "legal_basis_code" TEXT NOT NULL,
    "scenario_code" TEXT NOT NULL,
    "coordinates" TEXT[],
    "division_codes" TEXT[],
    "mode" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "end_notice_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "ended_by_department" TEXT,
    "end_noted_at" TIMESTAMPTZ(3),
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "sharing_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification_ticket" (
    "id" UUID NOT NULL,
    "coordinate" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "requesting_department" TEXT NOT NULL,
    "source_department" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "answer" TEXT,
    "state" TEXT NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "verification_ticket_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "duty_subject_id_started_on_idx" ON "duty"("subject_id", "started_on");

-- CreateIndex
CREATE INDEX "catalogue_submission_department_code_submitted_at_id_idx" ON "catalogue_submission"("department_code", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "catalogue_submission_state_submitted_at_id_idx" ON "catalogue_submission"("state", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "catalogue_submission_coordinate_idx" ON "catalogue_submission"("coordinate");

-- CreateIndex
CREATE INDEX "collection_exception_coordinate_idx" ON "collection_exception"("coordinate");

-- CreateIndex
CREATE INDEX "sharing_request_requesting_department_submitted_at_id_idx" ON "sharing_request"("requesting_department", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "sharing_request_providing_department_submitted_at_id_idx" ON "sharing_request"("providing_department", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "sharing_request_state_submitted_at_id_idx" ON "sharing_request"("state", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "sharing_request_submitted_at_id_idx" ON "sharing_request"("submitted_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sharing_grant_request_id_key" ON "sharing_grant"("request_id");

-- CreateIndex
CREATE INDEX "sharing_grant_client_id_ends_at_idx" ON "sharing_grant"("client_id", "ends_at");

-- CreateIndex
CREATE INDEX "sharing_grant_requesting_department_ends_at_id_idx" ON "sharing_grant"("requesting_department", "ends_at", "id");

-- CreateIndex
CREATE INDEX "sharing_grant_providing_department_ends_at_id_idx" ON "sharing_grant"("providing_department", "ends_at", "id");

-- CreateIndex
CREATE INDEX "sharing_grant_ends_at_id_idx" ON "sharing_grant"("ends_at", "id");

-- CreateIndex
CREATE INDEX "verification_ticket_requesting_department_filed_at_id_idx" ON "verification_ticket"("requesting_department", "filed_at", "id");

-- CreateIndex
CREATE INDEX "verification_ticket_source_department_filed_at_id_idx" ON "verification_ticket"("source_department", "filed_at", "id");

-- CreateIndex
CREATE INDEX "verification_ticket_state_filed_at_id_idx" ON "verification_ticket"("state", "filed_at", "id");

-- CreateIndex
CREATE INDEX "verification_ticket_filed_at_id_idx" ON "verification_ticket"("filed_at", "id");

-- by hand: kept when later migrations are generated

-- One running duty for each matter, however many callers move it at once.
CREATE UNIQUE INDEX "duty_running_key" ON "duty"("subject_id") WHERE "met_at" IS NULL;
CREATE INDEX "duty_running_due_on_idx" ON "duty"("due_on", "id") WHERE "met_at" IS NULL;
CREATE INDEX "duty_running_department_idx" ON "duty"("department_code", "due_on", "id") WHERE "met_at" IS NULL;
ALTER TABLE "duty" ADD CONSTRAINT "duty_due_after_start" CHECK ("due_on" >= "started_on");

-- One catalogue card in force for each item, and one submission under review.
CREATE UNIQUE INDEX "catalogue_version_current_key" ON "catalogue_version"("coordinate") WHERE "valid_to" IS NULL;
CREATE UNIQUE INDEX "catalogue_submission_open_key" ON "catalogue_submission"("coordinate", "department_code")
  WHERE "state" IN ('SUBMITTED', 'RETURNED', 'APPROVED');
CREATE UNIQUE INDEX "collection_exception_live_key" ON "collection_exception"("coordinate", "department_code")
  WHERE "valid_to" IS NULL;
ALTER TABLE "catalogue_version" ADD CONSTRAINT "catalogue_version_not_shared_needs_basis"
  CHECK ("sharing" <> 'NOT_SHARED' OR "sharing_basis" IS NOT NULL);
ALTER TABLE "catalogue_submission" ADD CONSTRAINT "catalogue_submission_not_shared_needs_basis"
  CHECK ("sharing" <> 'NOT_SHARED' OR "sharing_basis" IS NOT NULL);

CREATE INDEX "sharing_grant_end_unnoted_idx" ON "sharing_grant"("ends_at") WHERE "end_noted_at" IS NULL;
ALTER TABLE "sharing_request" ADD CONSTRAINT "sharing_request_scope"
  CHECK (cardinality("coordinates") > 0 AND cardinality("division_codes") > 0 AND "valid_until" >= "valid_from");
ALTER TABLE "sharing_grant" ADD CONSTRAINT "sharing_grant_scope"
  CHECK (cardinality("coordinates") > 0 AND cardinality("division_codes") > 0 AND "ends_at" <= "valid_until");
ALTER TABLE "sharing_grant" ADD CONSTRAINT "sharing_grant_end_has_reason"
  CHECK ("ends_at" = "valid_until" OR "end_reason" IS NOT NULL);

-- What may take how long. Figures without a confirmed basis are the hub's defaults, to be replaced by the city's own.
INSERT INTO "deadline_rule"
  ("code", "effective_from", "title_zh", "title_en", "amount", "unit", "legal_basis", "basis_confirmed") VALUES
  ('CATALOGUE_REVIEW', '2025-08-01', '目录审核', 'review a catalogue entry', 5, 'WORKING_DAY', '《政务数据共享条例》(国务院令第809号)第十六条；天数待核，可配置', false),
  ('CATALOGUE_CORRECTION', '2025-08-01', '目录退回修改', 'correct a returned catalogue entry', 10, 'WORKING_DAY', '《政务数据共享条例》(国务院令第809号)第十六条；天数待核，可配置', false),
  ('CATALOGUE_PUBLICATION', '2025-08-01', '目录发布', 'publish an approved catalogue entry', 2, 'WORKING_DAY', '《政务数据共享条例》(国务院令第809号)第十六条；天数待核，可配置', false),
  ('SHARING_ANSWER_UNCONDITIONAL', '2025-08-01', '无条件共享答复', 'answer a request for unconditionally shared data', 1, 'WORKING_DAY', '《政务数据共享条例》(国务院令第809号)共享申请答复时限；条号待核', true),
  ('SHARING_ANSWER_CONDITIONAL', '2025-08-01', '有条件共享答复', 'answer a request for conditionally shared data', 10, 'WORKING_DAY', '《政务数据共享条例》(国务院令第809号)共享申请答复时限；条号待核', true),
  ('SHARING_DELIVERY', '2025-08-01', '数据提供', 'deliver the data after approval', 20, 'WORKING_DAY', '《政务数据共享条例》(国务院令第809号)数据提供时限；条号待核', true),
  ('SHARING_SUPPLEMENT', '2025-08-01', '补正申请材料', 'complete a sharing request', 10, 'WORKING_DAY', '平台默认，可配置', false),
  ('SHARING_DISPUTE_NEGOTIATION', '2025-08-01', '争议协商', 'negotiate a sharing dispute', 10, 'WORKING_DAY', '《政务数据共享条例》(国务院令第809号)争议解决；天数为平台默认，可配置', false),
  ('SHARING_DISPUTE_MEDIATION', '2025-08-01', '争议协调', 'mediation by the data authority', 10, 'WORKING_DAY', '《政务数据共享条例》(国务院令第809号)争议解决；天数为平台默认，可配置', false),
  ('SHARING_DISPUTE_RULING', '2025-08-01', '争议裁定', 'ruling of the common superior authority', 20, 'WORKING_DAY', '《政务数据共享条例》(国务院令第809号)争议解决；天数为平台默认，可配置', false),
  ('SHARING_END_NOTICE', '2025-08-01', '终止共享告知', 'notice before sharing is ended', 5, 'WORKING_DAY', '《政务数据共享条例》(国务院令第809号)终止共享须先告知；天数为平台默认，可配置', false),
  ('VERIFICATION_ANSWER', '2025-08-01', '校核答复', 'answer a verification ticket', 10, 'WORKING_DAY', '《政务数据共享条例》(国务院令第809号)第二十六条；天数待核，可配置', false);

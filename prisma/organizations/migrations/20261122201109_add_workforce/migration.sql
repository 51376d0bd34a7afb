-- CreateTable
CREATE TABLE "transition" (
    "subject_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_department_code" TEXT NOT NULL,
    "note" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "transition_pkey" PRIMARY KEY ("subject_id","ordinal")
);

-- CreateTable
CREATE TABLE "organization_rule" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "numerator" INTEGER NOT NULL,
    "denominator" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "legal_basis" TEXT,
    "effective_from" DATE,
    "confirmed" BOOLEAN NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "organization_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "worker_id" UUID,
    "holder_name" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "certificate_number" TEXT NOT NULL,
    "passed_year" INTEGER NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "social_worker_registration" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "worker_id" UUID,
    "certificate_id" UUID NOT NULL,
    "holder_name" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "registered_on" DATE NOT NULL,
    "expires_on" DATE NOT NULL,
    "ended_on" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "social_worker_registration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "training_category" (
    "code" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "training_category_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "training_course" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "category_code" TEXT,
    "mode" TEXT NOT NULL,
    "study_scope" TEXT,
    "run_number" INTEGER NOT NULL,
    "term" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "hours" INTEGER NOT NULL,
    "budget_yuan" INTEGER,
    "reported_attendees" INTEGER,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT,
    "township_code" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "training_course_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "training_attendance" (
    "id" UUID NOT NULL,
    "course_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "attended_on" DATE NOT NULL,
    "hours" INTEGER NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "training_attendance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_record" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "post_kind" TEXT NOT NULL,
    "post_id" UUID,
    "full_time" BOOLEAN NOT NULL,
    "duty" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "service_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_record" (
    "id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "holder_name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "batch" TEXT,
    "issuer" TEXT,
    "happened_on" DATE NOT NULL,
    "until_on" DATE,
    "amount_yuan" INTEGER,
    "per_month" BOOLEAN NOT NULL DEFAULT false,
    "score" INTEGER,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "worker_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "headcount" INTEGER NOT NULL,
    "duties" TEXT NOT NULL,
    "position" TEXT NOT NULL,
    "goals" TEXT NOT NULL,
    "appraisal" TEXT NOT NULL,
    "pay" TEXT NOT NULL,
    "lowest_grade" INTEGER NOT NULL,
    "highest_grade" INTEGER NOT NULL,
    "established_on" DATE NOT NULL,
    "abolished_on" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recruitment" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "post_id" UUID,
    "headcount" INTEGER NOT NULL,
    "applicants" INTEGER NOT NULL,
    "hired" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "announced_on" DATE NOT NULL,
    "closed_on" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT,
    "township_code" TEXT,
    "community_code" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "recruitment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "organization_rule_code_subject_effective_from_idx" ON "organization_rule"("code", "subject", "effective_from");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_certificate_number_key" ON "certificate"("certificate_number");

-- CreateIndex
CREATE INDEX "certificate_person_id_passed_year_idx" ON "certificate"("person_id", "passed_year");

-- CreateIndex
CREATE INDEX "certificate_worker_id_passed_year_idx" ON "certificate"("worker_id", "passed_year");

-- CreateIndex
CREATE INDEX "social_worker_registration_person_id_registered_on_idx" ON "social_worker_registration"("person_id", "registered_on");

-- CreateIndex
CREATE INDEX "social_worker_registration_worker_id_registered_on_idx" ON "social_worker_registration"("worker_id", "registered_on");

-- CreateIndex
CREATE INDEX "training_course_city_code_starts_on_id_idx" ON "training_course"("city_code", "starts_on", "id");

-- CreateIndex
CREATE INDEX "training_course_county_code_starts_on_id_idx" ON "training_course"("county_code", "starts_on", "id");

-- CreateIndex
CREATE INDEX "training_course_township_code_starts_on_id_idx" ON "training_course"("township_code", "starts_on", "id");

-- CreateIndex
CREATE INDEX "training_course_city_code_kind_tier_starts_on_id_idx" ON "training_course"("city_code", "kind", "tier", "starts_on", "id");

-- CreateIndex
CREATE INDEX "training_course_county_code_kind_tier_starts_on_id_idx" ON "training_course"("county_code", "kind", "tier", "starts_on", "id");

-- CreateIndex
CREATE INDEX "training_course_township_code_kind_tier_starts_on_id_idx" ON "training_course"("township_code", "kind", "tier", "starts_on", "id");

-- CreateIndex
CREATE INDEX "training_course_term_tier_idx" ON "training_course"("term", "tier");

-- CreateIndex
CREATE INDEX "training_attendance_worker_id_attended_on_idx" ON "training_attendance"("worker_id", "attended_on");

-- CreateIndex
CREATE INDEX "training_attendance_person_id_attended_on_idx" ON "training_attendance"("person_id", "attended_on");

-- CreateIndex
CREATE UNIQUE INDEX "training_attendance_course_id_person_id_key" ON "training_attendance"("course_id", "person_id");

-- CreateIndex
CREATE INDEX "service_record_worker_id_valid_from_idx" ON "service_record"("worker_id", "valid_from");

-- CreateIndex
CREATE INDEX "service_record_person_id_valid_from_idx" ON "service_record"("person_id", "valid_from");

-- CreateIndex
CREATE INDEX "worker_record_worker_id_happened_on_idx" ON "worker_record"("worker_id", "happened_on");

-- CreateIndex
CREATE INDEX "worker_record_city_code_kind_happened_on_id_idx" ON "worker_record"("city_code", "kind", "happened_on", "id");

-- CreateIndex
CREATE INDEX "worker_record_county_code_kind_happened_on_id_idx" ON "worker_record"("county_code", "kind", "happened_on", "id");

-- CreateIndex
CREATE INDEX "worker_record_township_code_kind_happened_on_id_idx" ON "worker_record"("township_code", "kind", "happened_on", "id");

-- CreateIndex
CREATE INDEX "worker_record_community_code_kind_happened_on_id_idx" ON "worker_record"("community_code", "kind", "happened_on", "id");

-- CreateIndex
CREATE INDEX "post_city_code_id_idx" ON "post"("city_code", "id");

-- CreateIndex
CREATE INDEX "post_county_code_id_idx" ON "post"("county_code", "id");

-- CreateIndex
CREATE INDEX "post_township_code_id_idx" ON "post"("township_code", "id");

-- CreateIndex
CREATE INDEX "post_community_code_id_idx" ON "post"("community_code", "id");

-- CreateIndex
CREATE INDEX "recruitment_city_code_announced_on_id_idx" ON "recruitment"("city_code", "announced_on", "id");

-- CreateIndex
CREATE INDEX "recruitment_county_code_announced_on_id_idx" ON "recruitment"("county_code", "announced_on", "id");

-- CreateIndex
CREATE INDEX "recruitment_township_code_announced_on_id_idx" ON "recruitment"("township_code", "announced_on", "id");

-- CreateIndex
CREATE INDEX "recruitment_community_code_announced_on_id_idx" ON "recruitment"("community_code", "announced_on", "id");

-- CreateIndex
CREATE INDEX "recruitment_post_id_idx" ON "recruitment"("post_id");

-- by hand: kept when later migrations are generated

ALTER TABLE "community_worker" ADD CONSTRAINT "community_worker_grade_level_check" CHECK ("grade_level" >= 1);
ALTER TABLE "organization_rule" ADD CONSTRAINT "organization_rule_denominator_check" CHECK ("denominator" > 0);
CREATE UNIQUE INDEX "organization_rule_version_key" ON "organization_rule"("code", "subject", coalesce("effective_from", '-infinity'::date));

-- One live registration per person; the registrations of an area by the day on which they expire.
CREATE UNIQUE INDEX "social_worker_registration_live_person_key" ON "social_worker_registration"("person_id")
  WHERE "ended_on" IS NULL;
ALTER TABLE "social_worker_registration" ADD CONSTRAINT "social_worker_registration_period_check"
  CHECK ("expires_on" > "registered_on" AND "ended_on" >= "registered_on");
CREATE INDEX "social_worker_registration_live_city_idx" ON "social_worker_registration"("city_code", "expires_on", "id")
  WHERE "ended_on" IS NULL;
CREATE INDEX "social_worker_registration_live_county_idx" ON "social_worker_registration"("county_code", "expires_on", "id")
  WHERE "ended_on" IS NULL;
CREATE INDEX "social_worker_registration_live_township_idx" ON "social_worker_registration"("township_code", "expires_on", "id")
  WHERE "ended_on" IS NULL;
CREATE INDEX "social_worker_registration_live_community_idx" ON "social_worker_registration"("community_code", "expires_on", "id")
  WHERE "ended_on" IS NULL;

-- A person has one full-time post at a time.
CREATE UNIQUE INDEX "service_record_live_full_time_key" ON "service_record"("person_id")
  WHERE "full_time" AND "valid_to" IS NULL;
-- How many hold a post now.
CREATE INDEX "service_record_live_post_idx" ON "service_record"("post_id") WHERE "valid_to" IS NULL;
ALTER TABLE "service_record" ADD CONSTRAINT "service_record_period_check" CHECK ("valid_to" > "valid_from");
ALTER TABLE "training_course" ADD CONSTRAINT "training_course_hours_check" CHECK ("hours" > 0);
ALTER TABLE "training_attendance" ADD CONSTRAINT "training_attendance_hours_check" CHECK ("hours" > 0);
ALTER TABLE "worker_record" ADD CONSTRAINT "worker_record_amount_check" CHECK ("amount_yuan" >= 0);

-- 六定: none of the six may be empty.
ALTER TABLE "post" ADD CONSTRAINT "post_six_fixed_check" CHECK ("headcount" > 0 AND "duties" <> '' AND "position" <> ''
  AND "goals" <> '' AND "appraisal" <> '' AND "pay" <> '');
ALTER TABLE "post" ADD CONSTRAINT "post_grades_check" CHECK ("lowest_grade" BETWEEN 1 AND "highest_grade");
ALTER TABLE "recruitment" ADD CONSTRAINT "recruitment_counts_check"
  CHECK ("headcount" > 0 AND "applicants" >= 0 AND "hired" BETWEEN 0 AND "headcount");

-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "policy_document" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "theme" TEXT NOT NULL,
    "issuer" TEXT,
    "issued_on" DATE,
    "state" TEXT NOT NULL,
    "parent_id" UUID,
    "ordinal" INTEGER NOT NULL,
    "city_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "policy_document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_provision" (
    "id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT,
    "city_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "policy_provision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "programme" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "level" TEXT,
    "city_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "programme_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "designation" (
    "id" UUID NOT NULL,
    "programme_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "end_reason" TEXT,
    "phase" INTEGER,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "designation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "experience_event" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "theme" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "community_code" TEXT,
    "held_on" DATE NOT NULL,
    "year" INTEGER NOT NULL,
    "quarter" INTEGER NOT NULL,
    "city_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "experience_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "indicator" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "set_code" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "formula" TEXT,
    "measure" TEXT,
    "denominator" TEXT,
    "reported" DECIMAL(18,4),
    "reported_note" TEXT,
    "flagged" BOOLEAN NOT NULL,
    "flag_note" TEXT,
    "city_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "indicator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "indicator_target" (
    "id" UUID NOT NULL,
    "indicator_id" UUID NOT NULL,
    "operator" TEXT NOT NULL,
    "value" DECIMAL(18,4) NOT NULL,
    "year" INTEGER,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "indicator_target_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "indicator_score" (
    "id" UUID NOT NULL,
    "indicator_id" UUID NOT NULL,
    "community_code" TEXT NOT NULL,
    "evaluated_on" DATE NOT NULL,
    "score" DECIMAL(8,2) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "indicator_score_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "policy_document_city_code_ordinal_idx" ON "policy_document"("city_code", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "policy_provision_document_id_kind_ordinal_key" ON "policy_provision"("document_id", "kind", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "programme_city_code_code_key" ON "programme"("city_code", "code");

-- CreateIndex
CREATE INDEX "designation_programme_id_community_code_id_idx" ON "designation"("programme_id", "community_code", "id");

-- CreateIndex
CREATE INDEX "designation_community_code_valid_from_idx" ON "designation"("community_code", "valid_from");

-- CreateIndex
CREATE INDEX "experience_event_city_code_year_held_on_idx" ON "experience_event"("city_code", "year", "held_on");

-- CreateIndex
CREATE INDEX "indicator_city_code_set_code_ordinal_idx" ON "indicator"("city_code", "set_code", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "indicator_city_code_code_key" ON "indicator"("city_code", "code");

-- CreateIndex
CREATE INDEX "indicator_target_indicator_id_idx" ON "indicator_target"("indicator_id");

-- CreateIndex
CREATE INDEX "indicator_score_community_code_idx" ON "indicator_score"("community_code");

-- CreateIndex
CREATE UNIQUE INDEX "indicator_score_indicator_id_community_code_evaluated_on_key" ON "indicator_score"("indicator_id", "community_code", "evaluated_on");

-- CreateIndex
CREATE INDEX "community_worker_city_code_post_id_idx" ON "community_worker"("city_code", "post", "id");

-- CreateIndex
CREATE INDEX "community_worker_county_code_post_id_idx" ON "community_worker"("county_code", "post", "id");

-- by hand: kept when later migrations are generated


-- A community stands under a programme once at a time; a city holds one forum a quarter.
CREATE UNIQUE INDEX "designation_live_key" ON "designation"("programme_id", "community_code") WHERE "valid_to" IS NULL;
CREATE UNIQUE INDEX "experience_event_forum_key" ON "experience_event"("city_code", "year", "quarter")
  WHERE "kind" = 'FORUM';
ALTER TABLE "experience_event" ADD CONSTRAINT "experience_event_quarter_check" CHECK ("quarter" BETWEEN 1 AND 4);
ALTER TABLE "designation" ADD CONSTRAINT "designation_range_check" CHECK ("valid_to" IS NULL OR "valid_to" > "valid_from");

-- Workers are asked for by post and by whether they serve: both lead an index, so that no page reads what it leaves out.
CREATE INDEX "community_worker_city_serving_idx" ON "community_worker"("city_code", "id") WHERE "left_on" IS NULL;
CREATE INDEX "community_worker_county_serving_idx" ON "community_worker"("county_code", "id") WHERE "left_on" IS NULL;
CREATE INDEX "community_worker_city_left_idx" ON "community_worker"("city_code", "id") WHERE "left_on" IS NOT NULL;
CREATE INDEX "community_worker_county_left_idx" ON "community_worker"("county_code", "id") WHERE "left_on" IS NOT NULL;
CREATE INDEX "community_worker_city_post_serving_idx" ON "community_worker"("city_code", "post", "id")
  WHERE "left_on" IS NULL;
CREATE INDEX "community_worker_county_post_serving_idx" ON "community_worker"("county_code", "post", "id")
  WHERE "left_on" IS NULL;
CREATE INDEX "community_worker_city_post_left_idx" ON "community_worker"("city_code", "post", "id")
  WHERE "left_on" IS NOT NULL;
CREATE INDEX "community_worker_county_post_left_idx" ON "community_worker"("county_code", "post", "id")
  WHERE "left_on" IS NOT NULL;

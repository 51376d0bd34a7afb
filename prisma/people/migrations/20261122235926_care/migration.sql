-- CreateTable
CREATE TABLE "care_tag" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "restricted" BOOLEAN NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "end_reason" TEXT,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "care_tag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "care_visit" (
    "id" UUID NOT NULL,
    "care_tag_id" UUID NOT NULL,
    "restricted" BOOLEAN NOT NULL,
    "visited_on" DATE NOT NULL,
    "mode" TEXT NOT NULL,
    "note" TEXT,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "care_visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "elder_alert" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "elder_alert_pkey" PRIMARY KEY ("id")
);

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
CREATE TABLE "people_rule" (
    "code" TEXT NOT NULL,
    "effective_from" DATE NOT NULL,
    "value" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "legal_basis" TEXT,

    CONSTRAINT "people_rule_pkey" PRIMARY KEY ("code","effective_from")
);

-- CreateIndex
CREATE INDEX "care_tag_person_id_valid_from_idx" ON "care_tag"("person_id", "valid_from");

-- CreateIndex
CREATE INDEX "care_tag_city_code_kind_id_idx" ON "care_tag"("city_code", "kind", "id");

-- CreateIndex
CREATE INDEX "care_tag_county_code_kind_id_idx" ON "care_tag"("county_code", "kind", "id");

-- CreateIndex
CREATE INDEX "care_tag_township_code_kind_id_idx" ON "care_tag"("township_code", "kind", "id");

-- CreateIndex
CREATE INDEX "care_tag_community_code_kind_id_idx" ON "care_tag"("community_code", "kind", "id");

-- CreateIndex
CREATE INDEX "care_visit_care_tag_id_visited_on_idx" ON "care_visit"("care_tag_id", "visited_on");

-- CreateIndex
CREATE INDEX "elder_alert_city_code_raised_at_id_idx" ON "elder_alert"("city_code", "raised_at", "id");

-- CreateIndex
CREATE INDEX "elder_alert_county_code_raised_at_id_idx" ON "elder_alert"("county_code", "raised_at", "id");

-- CreateIndex
CREATE INDEX "elder_alert_township_code_raised_at_id_idx" ON "elder_alert"("township_code", "raised_at", "id");

-- CreateIndex
CREATE INDEX "elder_alert_community_code_raised_at_id_idx" ON "elder_alert"("community_code", "raised_at", "id");

-- by hand: kept when later migrations are generated


-- One live tag of a kind and one open alert of a kind per person.
CREATE UNIQUE INDEX "care_tag_live_key" ON "care_tag"("person_id", "kind") WHERE "valid_to" IS NULL;
CREATE UNIQUE INDEX "elder_alert_open_key" ON "elder_alert"("person_id", "kind") WHERE "closed_at" IS NULL;
-- Open alerts are few among many closed ones.
CREATE INDEX "elder_alert_city_open_idx" ON "elder_alert"("city_code", "raised_at", "id") WHERE "closed_at" IS NULL;
CREATE INDEX "elder_alert_county_open_idx" ON "elder_alert"("county_code", "raised_at", "id") WHERE "closed_at" IS NULL;
ALTER TABLE "care_tag" ADD CONSTRAINT "care_tag_range_check" CHECK ("valid_to" IS NULL OR "valid_to" > "valid_from");

-- 法定口径: 老年人权益保障法, 未成年人保护法; the floor of small counts is the hub's own until a city sets another.
INSERT INTO "people_rule" ("code", "effective_from", "value", "unit", "legal_basis") VALUES
  ('ELDER_AGE_YEARS', '1996-10-01', 60, 'years', '《中华人民共和国老年人权益保障法》第二条'),
  ('CHILD_AGE_YEARS', '1992-01-01', 18, 'years', '《中华人民共和国未成年人保护法》第二条'),
  ('SMALL_COUNT_FLOOR', '2020-01-01', 5, 'persons', NULL);

-- AlterTable
ALTER TABLE "incident" ADD COLUMN     "extension_asked_working_days" INTEGER,
ADD COLUMN     "extension_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "satisfaction" TEXT,
ADD COLUMN     "supervised_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "incident_transition" ADD COLUMN     "event" TEXT;

-- CreateTable
CREATE TABLE "transition_step" (
    "subject_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_department_code" TEXT NOT NULL,
    "note" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "transition_step_pkey" PRIMARY KEY ("subject_id","ordinal")
);

-- CreateTable
CREATE TABLE "governance_rule" (
    "code" TEXT NOT NULL,
    "effective_from" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "title_zh" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "amount" DECIMAL(12,4),
    "unit" TEXT,
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "legal_basis" TEXT NOT NULL,
    "basis_confirmed" BOOLEAN NOT NULL,

    CONSTRAINT "governance_rule_pkey" PRIMARY KEY ("code","effective_from")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "media_type" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vision_source" (
    "camera_code" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "incident_id" UUID NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "sightings" INTEGER NOT NULL,

    CONSTRAINT "vision_source_pkey" PRIMARY KEY ("camera_code","category")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "rule_code" TEXT NOT NULL,
    "rule_effective_from" DATE NOT NULL,
    "level" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "scope_code" TEXT NOT NULL,
    "incident_id" UUID NOT NULL,
    "incident_count" INTEGER NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inspection" (
    "id" UUID NOT NULL,
    "organization_uscc" TEXT NOT NULL,
    "planned_on" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "inspection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inspection_part" (
    "inspection_id" UUID NOT NULL,
    "department_code" TEXT NOT NULL,
    "matter" TEXT NOT NULL,
    "asked_on" DATE NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "inspection_part_pkey" PRIMARY KEY ("inspection_id","department_code")
);

-- CreateTable
CREATE TABLE "inspection_target" (
    "organization_uscc" TEXT NOT NULL,
    "plans" INTEGER NOT NULL,

    CONSTRAINT "inspection_target_pkey" PRIMARY KEY ("organization_uscc")
);

-- CreateTable
CREATE TABLE "mediation" (
    "id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "held_on" DATE NOT NULL,
    "venue" TEXT NOT NULL,
    "mediator_name" TEXT NOT NULL,
    "agreed_on" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "mediation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "governance_rule_kind_code_idx" ON "governance_rule"("kind", "code");

-- CreateIndex
CREATE INDEX "attachment_subject_id_id_idx" ON "attachment"("subject_id", "id");

-- CreateIndex
CREATE INDEX "vision_source_incident_id_idx" ON "vision_source"("incident_id");

-- CreateIndex
CREATE INDEX "alert_city_code_raised_at_id_idx" ON "alert"("city_code", "raised_at", "id");

-- CreateIndex
CREATE INDEX "alert_county_code_raised_at_id_idx" ON "alert"("county_code", "raised_at", "id");

-- CreateIndex
CREATE INDEX "alert_township_code_raised_at_id_idx" ON "alert"("township_code", "raised_at", "id");

-- CreateIndex
CREATE INDEX "alert_community_code_raised_at_id_idx" ON "alert"("community_code", "raised_at", "id");

-- CreateIndex
CREATE INDEX "alert_grid_code_raised_at_id_idx" ON "alert"("grid_code", "raised_at", "id");

-- CreateIndex
CREATE INDEX "inspection_organization_uscc_planned_on_id_idx" ON "inspection"("organization_uscc", "planned_on", "id");

-- CreateIndex
CREATE INDEX "inspection_city_code_planned_on_id_idx" ON "inspection"("city_code", "planned_on", "id");

-- CreateIndex
CREATE INDEX "inspection_county_code_planned_on_id_idx" ON "inspection"("county_code", "planned_on", "id");

-- CreateIndex
CREATE INDEX "inspection_township_code_planned_on_id_idx" ON "inspection"("township_code", "planned_on", "id");

-- CreateIndex
CREATE INDEX "inspection_community_code_planned_on_id_idx" ON "inspection"("community_code", "planned_on", "id");

-- CreateIndex
CREATE INDEX "mediation_incident_id_id_idx" ON "mediation"("incident_id", "id");

-- CreateIndex
CREATE INDEX "mediation_city_code_held_on_id_idx" ON "mediation"("city_code", "held_on", "id");

-- CreateIndex
CREATE INDEX "mediation_county_code_held_on_id_idx" ON "mediation"("county_code", "held_on", "id");

-- CreateIndex
CREATE INDEX "mediation_township_code_held_on_id_idx" ON "mediation"("township_code", "held_on", "id");

-- CreateIndex
CREATE INDEX "mediation_community_code_held_on_id_idx" ON "mediation"("community_code", "held_on", "id");

-- by hand: kept when later migrations are generated

-- One live alert per rule and place; what happens meanwhile is counted in it.
CREATE UNIQUE INDEX "alert_live_key" ON "alert"("rule_code", "scope_code") WHERE "closed_at" IS NULL;
-- One planned visit per organization and day.
CREATE UNIQUE INDEX "inspection_planned_key" ON "inspection"("organization_uscc", "planned_on") WHERE "state" = 'PLANNED';
-- The work of a department: what it handles and has not closed, the earliest deadline first.
CREATE INDEX "incident_handler_due_idx" ON "incident"("handler_department_code", "due_at", "id")
  INCLUDE ("city_code", "county_code", "township_code", "community_code", "grid_code", "state") WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_size_check" CHECK ("size_bytes" BETWEEN 1 AND 52428800);
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "incident" ADD CONSTRAINT "incident_satisfaction_check" CHECK ("satisfaction" IN
  ('VERY_SATISFIED', 'SATISFIED', 'BASICALLY_SATISFIED', 'DISSATISFIED', 'VERY_DISSATISFIED'));

-- Defaults that a city replaces by a later version with its own basis.
INSERT INTO "governance_rule" ("code", "effective_from", "kind", "title_zh", "title_en", "amount", "unit", "parameters", "legal_basis", "basis_confirmed") VALUES
  ('INCIDENT_GENERAL', '2000-01-01', 'DEADLINE', '一般事件办结', 'Dealing with a general incident', 5, 'WORKING_DAY', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('INCIDENT_MAJOR', '2000-01-01', 'DEADLINE', '较大事件办结', 'Dealing with a major incident', 3, 'WORKING_DAY', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('INCIDENT_SEVERE', '2000-01-01', 'DEADLINE', '重大事件办结', 'Dealing with a severe incident', 1, 'WORKING_DAY', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('MEDIATION_CONFIRMATION', '2011-01-01', 'DEADLINE', '调解协议共同申请司法确认', 'Joint request for judicial confirmation of a mediation agreement', 30, 'CALENDAR_DAY', '{}', '《中华人民共和国人民调解法》第三十三条', true),
  ('VISION_SAME_EVENT', '2000-01-01', 'WINDOW', '同一摄像机同类识别视为同一事件', 'Sightings of one kind by one camera that count as one incident', 30, 'MINUTE', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('INSPECTION_MERGE', '2000-01-01', 'WINDOW', '同一对象的检查计划合并', 'Plans for one organization that become one visit', 15, 'CALENDAR_DAY', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('INCIDENT_EXTENSION_LIMIT', '2000-01-01', 'THRESHOLD', '事件延期次数与天数上限', 'How often and by how many working days an incident may be put off', 5, 'WORKING_DAY', '{"times": 1}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('ALERT_SEVERE_INCIDENT', '2000-01-01', 'ALERT', '重大事件即时预警', 'A severe incident', 1, 'INCIDENT', '{"severity": "SEVERE", "scopeDigits": 15, "windowHours": 24, "level": "RED"}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('ALERT_HAZARD_CLUSTER', '2000-01-01', 'ALERT', '同一网格隐患集中', 'Hazards that gather in one grid', 5, 'INCIDENT', '{"category": "HAZARD", "scopeDigits": 15, "windowHours": 72, "level": "ORANGE"}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('ALERT_DISPUTE_CLUSTER', '2000-01-01', 'ALERT', '同一社区矛盾纠纷集中', 'Disputes that gather in one community', 8, 'INCIDENT', '{"category": "DISPUTE", "scopeDigits": 12, "windowHours": 168, "level": "YELLOW"}', '平台默认值，待城市补充依据 Default until the city names its own basis', false);

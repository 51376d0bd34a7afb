-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "running_term" (
    "subject_id" UUID NOT NULL,
    "rule_code" TEXT NOT NULL,
    "entity_type" TEXT NOT NULL,
    "started_on" DATE NOT NULL,
    "amount" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "extra_working_days" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "calendar_version" TEXT,
    "told_at" TIMESTAMPTZ(3),
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "running_term_pkey" PRIMARY KEY ("subject_id","rule_code")
);

-- CreateIndex
CREATE INDEX "running_term_calendar_version_subject_id_idx" ON "running_term"("calendar_version", "subject_id");

-- by hand: kept when later migrations are generated

-- What has passed and was not told yet, the earliest first.
CREATE INDEX "running_term_untold_idx" ON "running_term"("due_at", "subject_id") WHERE "told_at" IS NULL;
ALTER TABLE "running_term" ADD CONSTRAINT "running_term_unit_check"
  CHECK ("unit" IN ('WORKING_DAY', 'CALENDAR_DAY', 'AGREED') AND ("unit" = 'AGREED') = ("calendar_version" IS NULL) AND "extra_working_days" >= 0);

-- Terms that run already. UNCOUNTED: the first count on the present calendar sets their last day and tells nobody.
INSERT INTO "running_term" ("subject_id", "rule_code", "entity_type", "started_on", "amount", "unit", "extra_working_days",
       "due_at", "calendar_version", "told_at", "city_code", "county_code", "township_code", "community_code")
SELECT id, CASE WHEN slot_ends_at IS NULL THEN 'SERVICE_PROMISE' ELSE 'ORDERED_SLOT' END, 'ServiceRequest', started_on,
       CASE WHEN slot_ends_at IS NULL THEN promised_working_days ELSE 1 END, CASE WHEN slot_ends_at IS NULL THEN 'WORKING_DAY' ELSE 'AGREED' END,
       0, due_at, CASE WHEN slot_ends_at IS NULL THEN 'UNCOUNTED' END, overdue_told_at, city_code, county_code, township_code, community_code
  FROM "service_request" WHERE closed_at IS NULL AND due_at IS NOT NULL AND started_on IS NOT NULL
UNION ALL
SELECT id, 'SERVICE_LEGAL_TERM', 'ServiceRequest', started_on, legal_working_days, 'WORKING_DAY', 0, due_at, 'UNCOUNTED', NULL,
       city_code, county_code, township_code, community_code
  FROM "service_request" WHERE closed_at IS NULL AND started_on IS NOT NULL AND slot_ends_at IS NULL
UNION ALL
SELECT id, r.code, 'ServiceRequest', r.started_on, r.amount, r.unit, 0, now(), 'UNCOUNTED', now(),
       city_code, county_code, township_code, community_code
  FROM (SELECT s.*, CASE state WHEN 'SUBMITTED' THEN 'ONE_TIME_NOTICE' ELSE 'BAD_RATING_RECTIFICATION' END AS term_code,
               CASE state WHEN 'SUBMITTED' THEN (submitted_at AT TIME ZONE 'Asia/Shanghai')::date ELSE rated_on END AS term_start
          FROM "service_request" s WHERE (state = 'SUBMITTED' AND slot_ends_at IS NULL AND submitted_at IS NOT NULL)
            OR (state = 'RECTIFYING' AND rated_on IS NOT NULL)) t
 CROSS JOIN LATERAL (SELECT g.code, t.term_start AS started_on, g.amount::int AS amount, g.unit FROM "governance_rule" g
                      WHERE g.code = t.term_code AND g.effective_from <= t.term_start ORDER BY g.effective_from DESC LIMIT 1) r
UNION ALL
SELECT t.id, r.code, t.entity_type, t.started_on, r.amount::int, r.unit, 0, now(), 'UNCOUNTED', now(),
       t.city_code, t.county_code, t.township_code, t.community_code
  FROM (SELECT id, 'Demand' AS entity_type, 'DEMAND_ANSWER' AS code, (found_at AT TIME ZONE 'Asia/Shanghai')::date AS started_on,
               city_code, county_code, township_code, community_code FROM "demand" WHERE state = 'FOUND'
        UNION ALL
        SELECT id, 'DemandProject', 'DEMAND_PROJECT_STEP',
               (coalesce((SELECT max(s.at) FROM "transition_step" s WHERE s.subject_id = p.id), opened_at) AT TIME ZONE 'Asia/Shanghai')::date,
               city_code, county_code, township_code, community_code FROM "demand_project" p
         WHERE state IN ('FOUND', 'CONSOLIDATED', 'DESIGNED', 'EVALUATING')
        UNION ALL
        SELECT id, 'FormalismReport', CASE state WHEN 'FILED' THEN 'REPORT_ACCEPT' WHEN 'ACCEPTED' THEN 'REPORT_HANDLE' ELSE 'REPORT_RECTIFY' END,
               (coalesce((SELECT max(s.at) FROM "transition_step" s WHERE s.subject_id = p.id), filed_at) AT TIME ZONE 'Asia/Shanghai')::date,
               city_code, county_code, township_code, community_code FROM "formalism_report" p WHERE state IN ('FILED', 'ACCEPTED', 'TALKED')
        UNION ALL
        SELECT id, 'BurdenItem', 'BURDEN_REVIEW', registered_on, city_code, county_code, township_code, community_code
          FROM "burden_item" WHERE state = 'REGISTERED'
        UNION ALL
        SELECT id, 'Contract', 'CONTRACT_ACCEPTANCE', ends_on, city_code, county_code, township_code, community_code
          FROM "contract" WHERE state = 'PERFORMING'
        UNION ALL
        SELECT id, 'Contract', 'CONTRACT_PAYMENT', accepted_on, city_code, county_code, township_code, community_code
          FROM "contract" WHERE state = 'ACCEPTED' AND accepted_on IS NOT NULL AND paid_yuan < amount_yuan
        UNION ALL
        SELECT id, 'Mediation', 'MEDIATION_CONFIRMATION', agreed_on, city_code, county_code, township_code, community_code
          FROM "mediation" WHERE state = 'AGREED' AND agreed_on IS NOT NULL
        UNION ALL
        SELECT i.id, 'Incident', 'INCIDENT_' || i.severity, (s.at AT TIME ZONE 'Asia/Shanghai')::date, i.city_code, i.county_code,
               i.township_code, i.community_code
          FROM "incident" i JOIN "incident_transition" s ON s.incident_id = i.id AND s.to_state = 'ACCEPTED' AND s.ordinal = 2
         -- One that was put off keeps the day that was granted.
         WHERE i.closed_at IS NULL AND i.due_at IS NOT NULL AND i.extension_count = 0) t
 CROSS JOIN LATERAL (SELECT g.code, g.amount, g.unit FROM "governance_rule" g
                      WHERE g.code = t.code AND g.effective_from <= t.started_on ORDER BY g.effective_from DESC LIMIT 1) r;

ALTER TABLE "service_request" DROP COLUMN "calendar_version", DROP COLUMN "overdue_told_at";

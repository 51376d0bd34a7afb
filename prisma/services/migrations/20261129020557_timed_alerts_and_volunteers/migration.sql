-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "alert_clock" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "evaluated_until" TIMESTAMPTZ(3),

    CONSTRAINT "alert_clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volunteer_registration" (
    "person_id" UUID NOT NULL,
    "registered_on" DATE NOT NULL,
    "certified_minutes" INTEGER NOT NULL DEFAULT 0,
    "last_active_on" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "volunteer_registration_pkey" PRIMARY KEY ("person_id")
);

-- by hand: kept when later migrations are generated

-- What waits to be accepted, in the order of time: a timed rule reads only what has turned since it last looked.
CREATE INDEX "incident_unaccepted_time_idx" ON "incident"("reported_at") WHERE "closed_at" IS NULL AND "state" = 'REPORTED';
-- Volunteers of a city are summed out of the index alone.
CREATE INDEX "volunteer_registration_city_idx" ON "volunteer_registration"("city_code", "community_code") INCLUDE ("certified_minutes", "last_active_on");
ALTER TABLE "volunteer_registration" ADD CONSTRAINT "volunteer_registration_minutes_check" CHECK ("certified_minutes" >= 0);

INSERT INTO "governance_rule" ("code", "effective_from", "kind", "title_zh", "title_en", "amount", "unit", "parameters", "legal_basis", "basis_confirmed") VALUES
  ('ALERT_OVERDUE', '2000-01-01', 'ALERT', '网格内有事件超期', 'An incident of a grid is overdue', 1, 'INCIDENT', '{"timed": "OVERDUE", "afterHours": 0, "scopeDigits": 15, "level": "YELLOW"}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('ALERT_OVERDUE_CLUSTER', '2000-01-01', 'ALERT', '镇街超期事件集中', 'Overdue incidents that gather in one township', 20, 'INCIDENT', '{"timed": "OVERDUE", "afterHours": 0, "scopeDigits": 9, "level": "ORANGE"}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('ALERT_UNACCEPTED', '2000-01-01', 'ALERT', '上报后一日未受理', 'Reported a day ago and not accepted', 1, 'INCIDENT', '{"timed": "UNACCEPTED", "afterHours": 24, "scopeDigits": 12, "level": "BLUE"}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('ALERT_REPEATED_PLACE', '2000-01-01', 'ALERT', '同一网格一日内事件频发', 'Incidents of any kind that repeat in one grid within a day', 10, 'INCIDENT', '{"scopeDigits": 15, "windowHours": 24, "level": "YELLOW"}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('VOLUNTEER_ACTIVE', '2000-01-01', 'WINDOW', '活跃志愿者统计期', 'How long ago a volunteer served at most to be active', 365, 'CALENDAR_DAY', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('SMALL_COUNT_FLOOR', '2000-01-01', 'THRESHOLD', '小计数抑制下限', 'Counts of people below this are withheld', 5, 'PERSON', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false);

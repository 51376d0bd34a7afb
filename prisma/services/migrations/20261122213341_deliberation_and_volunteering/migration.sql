-- CreateTable
CREATE TABLE "deliberation" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "venue" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "catalog_item_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "eligible_voters" INTEGER NOT NULL,
    "quorum_rule_code" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "voting_ends_at" TIMESTAMPTZ(3),
    "yes" INTEGER NOT NULL DEFAULT 0,
    "no" INTEGER NOT NULL DEFAULT 0,
    "abstain" INTEGER NOT NULL DEFAULT 0,
    "post_count" INTEGER NOT NULL DEFAULT 0,
    "disclosed_at" TIMESTAMPTZ(3),
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "deliberation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliberation_catalog_item" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "sides" TEXT[],
    "levels" TEXT[],
    "procedure" TEXT NOT NULL,
    "agenda" TEXT NOT NULL,
    "use_of_result" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "deliberation_catalog_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliberation_post" (
    "id" UUID NOT NULL,
    "deliberation_id" UUID NOT NULL,
    "parent_id" UUID,
    "side" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "deliberation_post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ballot_roll" (
    "deliberation_id" UUID NOT NULL,
    "voter_hash" BYTEA NOT NULL,

    CONSTRAINT "ballot_roll_pkey" PRIMARY KEY ("deliberation_id","voter_hash")
);

-- CreateTable
CREATE TABLE "covenant" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "adopted_by_deliberation_id" UUID NOT NULL,
    "filed_on" DATE NOT NULL,
    "superseded_on" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "covenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disclosure" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "deliberation_id" UUID,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "disclosure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "capacity" INTEGER NOT NULL,
    "record_count" INTEGER NOT NULL DEFAULT 0,
    "organizer_department_code" TEXT NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volunteer_record" (
    "id" UUID NOT NULL,
    "activity_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "minutes" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "recorded_by_department_code" TEXT NOT NULL,
    "certified_by_department_code" TEXT,
    "certified_at" TIMESTAMPTZ(3),
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "volunteer_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "points_account" (
    "person_id" UUID NOT NULL,
    "balance" INTEGER NOT NULL,

    CONSTRAINT "points_account_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "points_entry" (
    "id" UUID NOT NULL,
    "transfer_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "points" INTEGER NOT NULL,
    "balance_after" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "points_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "redemption" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "reward_code" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "redeemed_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "redemption_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "deliberation_city_code_opened_at_id_idx" ON "deliberation"("city_code", "opened_at", "id");

-- CreateIndex
CREATE INDEX "deliberation_county_code_opened_at_id_idx" ON "deliberation"("county_code", "opened_at", "id");

-- CreateIndex
CREATE INDEX "deliberation_township_code_opened_at_id_idx" ON "deliberation"("township_code", "opened_at", "id");

-- CreateIndex
CREATE INDEX "deliberation_community_code_opened_at_id_idx" ON "deliberation"("community_code", "opened_at", "id");

-- CreateIndex
CREATE INDEX "deliberation_catalog_item_county_code_id_idx" ON "deliberation_catalog_item"("county_code", "id");

-- CreateIndex
CREATE INDEX "deliberation_post_deliberation_id_posted_at_id_idx" ON "deliberation_post"("deliberation_id", "posted_at", "id");

-- CreateIndex
CREATE INDEX "covenant_city_code_filed_on_id_idx" ON "covenant"("city_code", "filed_on", "id");

-- CreateIndex
CREATE INDEX "covenant_county_code_filed_on_id_idx" ON "covenant"("county_code", "filed_on", "id");

-- CreateIndex
CREATE INDEX "covenant_township_code_filed_on_id_idx" ON "covenant"("township_code", "filed_on", "id");

-- CreateIndex
CREATE INDEX "covenant_community_code_filed_on_id_idx" ON "covenant"("community_code", "filed_on", "id");

-- CreateIndex
CREATE UNIQUE INDEX "covenant_adopted_by_deliberation_id_kind_key" ON "covenant"("adopted_by_deliberation_id", "kind");

-- CreateIndex
CREATE INDEX "disclosure_community_code_published_at_id_idx" ON "disclosure"("community_code", "published_at", "id");

-- CreateIndex
CREATE INDEX "activity_starts_at_id_idx" ON "activity"("starts_at", "id");

-- CreateIndex
CREATE INDEX "activity_community_code_starts_at_id_idx" ON "activity"("community_code", "starts_at", "id");

-- CreateIndex
CREATE INDEX "volunteer_record_person_id_idx" ON "volunteer_record"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "volunteer_record_activity_id_person_id_key" ON "volunteer_record"("activity_id", "person_id");

-- CreateIndex
CREATE INDEX "points_entry_person_id_at_idx" ON "points_entry"("person_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "points_entry_transfer_id_person_id_key" ON "points_entry"("transfer_id", "person_id");

-- CreateIndex
CREATE INDEX "redemption_person_id_redeemed_at_idx" ON "redemption"("person_id", "redeemed_at");

-- by hand: kept when later migrations are generated

CREATE UNIQUE INDEX "covenant_live_key" ON "covenant"("community_code", "kind") WHERE "superseded_on" IS NULL;
ALTER TABLE "points_account" ADD CONSTRAINT "points_account_balance_check"
  CHECK ("balance" >= 0 OR "person_id" = '00000000-0000-7000-8000-000000000001');
ALTER TABLE "deliberation" ADD CONSTRAINT "deliberation_ballots_check"
  CHECK (least("yes", "no", "abstain") >= 0 AND "yes" + "no" + "abstain" <= "eligible_voters");

INSERT INTO "governance_rule" ("code", "effective_from", "kind", "title_zh", "title_en", "amount", "unit", "parameters", "legal_basis", "basis_confirmed") VALUES
  ('QUORUM_RESIDENTS_ASSEMBLY', '2018-12-29', 'QUORUM', '居民会议法定人数', 'Quorum of a residents’ assembly', NULL, NULL, '{"present": ">1/2", "agree": ">1/2"}', '《中华人民共和国城市居民委员会组织法》(2018年修正) 第九、十条；2025年修订、2026年1月1日施行的文本待核对', false),
  ('QUORUM_VILLAGERS_ASSEMBLY', '2018-12-29', 'QUORUM', '村民会议法定人数', 'Quorum of a villagers’ assembly', NULL, NULL, '{"present": ">1/2", "agree": ">1/2"}', '《中华人民共和国村民委员会组织法》(2018年修正) 第二十二条；2025年修订文本待核对', false),
  ('QUORUM_REPRESENTATIVES_ASSEMBLY', '2018-12-29', 'QUORUM', '代表会议法定人数', 'Quorum of a representatives’ assembly', NULL, NULL, '{"present": ">=2/3", "agree": ">1/2"}', '《中华人民共和国村民委员会组织法》(2018年修正) 第二十六条；2025年修订文本待核对', false),
  ('QUORUM_OWNERS', '2021-01-01', 'QUORUM', '业主共同决定', 'Joint decision of owners, by heads', NULL, NULL, '{"present": ">=2/3", "agree": ">1/2"}', '《中华人民共和国民法典》第二百七十八条（按人数；面积另计）', true),
  ('POINTS_PER_HOUR', '2000-01-01', 'THRESHOLD', '志愿服务每小时积分', 'Points for an hour of volunteering', 10, 'POINT', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false);

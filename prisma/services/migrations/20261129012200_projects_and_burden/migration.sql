-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "funding" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "name" TEXT,
    "division_code" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "budget_yuan" INTEGER,
    "committed_yuan" INTEGER NOT NULL DEFAULT 0,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "funding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "mode" TEXT,
    "field" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "supplier_organization_id" UUID NOT NULL,
    "funding_id" UUID NOT NULL,
    "project_id" UUID,
    "amount_yuan" INTEGER NOT NULL,
    "paid_yuan" INTEGER NOT NULL DEFAULT 0,
    "payment_count" INTEGER NOT NULL DEFAULT 0,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "signed_on" DATE NOT NULL,
    "accepted_on" DATE,
    "beneficiary_count" INTEGER NOT NULL DEFAULT 0,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "contract_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract_payment" (
    "contract_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "amount_yuan" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "paid_on" DATE NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "contract_payment_pkey" PRIMARY KEY ("contract_id","ordinal")
);

-- CreateTable
CREATE TABLE "beneficiary" (
    "id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "need" TEXT NOT NULL,
    "served_from" DATE NOT NULL,
    "served_to" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "beneficiary_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "demand" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "answer_due_on" DATE NOT NULL,
    "project_id" UUID,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "demand_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "demand_project" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "plan" TEXT,
    "planned_budget_yuan" INTEGER NOT NULL,
    "demand_count" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "step_due_on" DATE NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "demand_project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_evaluation" (
    "project_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "project_evaluation_pkey" PRIMARY KEY ("project_id","side")
);

-- CreateTable
CREATE TABLE "linkage" (
    "id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "project_id" UUID,
    "established_on" DATE NOT NULL,
    "ended_on" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "linkage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "linkage_party" (
    "id" UUID NOT NULL,
    "linkage_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "organization_id" UUID,
    "worker_id" UUID,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "linkage_party_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "joint_conference" (
    "id" UUID NOT NULL,
    "linkage_id" UUID NOT NULL,
    "held_on" DATE NOT NULL,
    "agenda" TEXT NOT NULL,
    "resolution" TEXT NOT NULL,
    "party_count" INTEGER NOT NULL,
    "present_party_ids" UUID[],
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "joint_conference_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "admission_item" (
    "id" UUID NOT NULL,
    "change" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "replaces_id" UUID,
    "department_code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "legal_basis" TEXT NOT NULL,
    "valid_year" INTEGER NOT NULL,
    "proposed_on" DATE NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,
    "county_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "admission_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "community_task" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "admission_item_id" UUID,
    "funding_id" UUID,
    "fee_yuan" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "assigned_at" TIMESTAMPTZ(3) NOT NULL,
    "due_on" DATE NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "community_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "burden_item" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "legal_basis" TEXT,
    "state" TEXT NOT NULL,
    "registered_on" DATE NOT NULL,
    "review_due_on" DATE NOT NULL,
    "merged_into_id" UUID,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "burden_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "formalism_report" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reported_department_code" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "reporter_person_id" UUID,
    "state" TEXT NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "due_on" DATE NOT NULL,
    "talk_on" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "formalism_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_list" (
    "id" UUID NOT NULL,
    "family" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT,
    "division_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "work_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_list_entry" (
    "id" UUID NOT NULL,
    "list_id" UUID NOT NULL,
    "previous_id" UUID,
    "title" TEXT NOT NULL,
    "entered_on" DATE NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "work_list_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "funding_division_code_year_id_idx" ON "funding"("division_code", "year", "id");

-- CreateIndex
CREATE INDEX "funding_year_id_idx" ON "funding"("year", "id");

-- CreateIndex
CREATE INDEX "contract_funding_id_id_idx" ON "contract"("funding_id", "id");

-- CreateIndex
CREATE INDEX "contract_project_id_id_idx" ON "contract"("project_id", "id");

-- CreateIndex
CREATE INDEX "contract_supplier_organization_id_id_idx" ON "contract"("supplier_organization_id", "id");

-- CreateIndex
CREATE INDEX "contract_city_code_signed_on_id_idx" ON "contract"("city_code", "signed_on", "id");

-- CreateIndex
CREATE INDEX "contract_county_code_signed_on_id_idx" ON "contract"("county_code", "signed_on", "id");

-- CreateIndex
CREATE INDEX "contract_township_code_signed_on_id_idx" ON "contract"("township_code", "signed_on", "id");

-- CreateIndex
CREATE INDEX "contract_community_code_signed_on_id_idx" ON "contract"("community_code", "signed_on", "id");

-- CreateIndex
CREATE INDEX "beneficiary_contract_id_id_idx" ON "beneficiary"("contract_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "beneficiary_contract_id_person_id_key" ON "beneficiary"("contract_id", "person_id");

-- CreateIndex
CREATE INDEX "demand_project_id_id_idx" ON "demand"("project_id", "id");

-- CreateIndex
CREATE INDEX "demand_city_code_found_at_id_idx" ON "demand"("city_code", "found_at", "id");

-- CreateIndex
CREATE INDEX "demand_county_code_found_at_id_idx" ON "demand"("county_code", "found_at", "id");

-- CreateIndex
CREATE INDEX "demand_township_code_found_at_id_idx" ON "demand"("township_code", "found_at", "id");

-- CreateIndex
CREATE INDEX "demand_community_code_found_at_id_idx" ON "demand"("community_code", "found_at", "id");

-- CreateIndex
CREATE INDEX "demand_city_code_source_found_at_id_idx" ON "demand"("city_code", "source", "found_at", "id");

-- CreateIndex
CREATE INDEX "demand_county_code_source_found_at_id_idx" ON "demand"("county_code", "source", "found_at", "id");

-- CreateIndex
CREATE INDEX "demand_project_city_code_opened_at_id_idx" ON "demand_project"("city_code", "opened_at", "id");

-- CreateIndex
CREATE INDEX "demand_project_county_code_opened_at_id_idx" ON "demand_project"("county_code", "opened_at", "id");

-- CreateIndex
CREATE INDEX "demand_project_township_code_opened_at_id_idx" ON "demand_project"("township_code", "opened_at", "id");

-- CreateIndex
CREATE INDEX "demand_project_community_code_opened_at_id_idx" ON "demand_project"("community_code", "opened_at", "id");

-- CreateIndex
CREATE INDEX "linkage_project_id_id_idx" ON "linkage"("project_id", "id");

-- CreateIndex
CREATE INDEX "linkage_city_code_established_on_id_idx" ON "linkage"("city_code", "established_on", "id");

-- CreateIndex
CREATE INDEX "linkage_county_code_established_on_id_idx" ON "linkage"("county_code", "established_on", "id");

-- CreateIndex
CREATE INDEX "linkage_township_code_established_on_id_idx" ON "linkage"("township_code", "established_on", "id");

-- CreateIndex
CREATE INDEX "linkage_community_code_established_on_id_idx" ON "linkage"("community_code", "established_on", "id");

-- CreateIndex
CREATE INDEX "linkage_party_worker_id_idx" ON "linkage_party"("worker_id");

-- CreateIndex
CREATE UNIQUE INDEX "linkage_party_linkage_id_side_name_key" ON "linkage_party"("linkage_id", "side", "name");

-- CreateIndex
CREATE INDEX "joint_conference_linkage_id_held_on_id_idx" ON "joint_conference"("linkage_id", "held_on", "id");

-- CreateIndex
CREATE INDEX "admission_item_county_code_id_idx" ON "admission_item"("county_code", "id");

-- CreateIndex
CREATE INDEX "admission_item_county_code_state_id_idx" ON "admission_item"("county_code", "state", "id");

-- CreateIndex
CREATE INDEX "admission_item_county_code_department_code_id_idx" ON "admission_item"("county_code", "department_code", "id");

-- CreateIndex
CREATE INDEX "community_task_city_code_assigned_at_id_idx" ON "community_task"("city_code", "assigned_at", "id");

-- CreateIndex
CREATE INDEX "community_task_county_code_assigned_at_id_idx" ON "community_task"("county_code", "assigned_at", "id");

-- CreateIndex
CREATE INDEX "community_task_township_code_assigned_at_id_idx" ON "community_task"("township_code", "assigned_at", "id");

-- CreateIndex
CREATE INDEX "community_task_community_code_assigned_at_id_idx" ON "community_task"("community_code", "assigned_at", "id");

-- CreateIndex
CREATE INDEX "burden_item_city_code_registered_on_id_idx" ON "burden_item"("city_code", "registered_on", "id");

-- CreateIndex
CREATE INDEX "burden_item_county_code_registered_on_id_idx" ON "burden_item"("county_code", "registered_on", "id");

-- CreateIndex
CREATE INDEX "burden_item_township_code_registered_on_id_idx" ON "burden_item"("township_code", "registered_on", "id");

-- CreateIndex
CREATE INDEX "burden_item_community_code_registered_on_id_idx" ON "burden_item"("community_code", "registered_on", "id");

-- CreateIndex
CREATE INDEX "formalism_report_reported_department_code_filed_at_id_idx" ON "formalism_report"("reported_department_code", "filed_at", "id");

-- CreateIndex
CREATE INDEX "formalism_report_city_code_filed_at_id_idx" ON "formalism_report"("city_code", "filed_at", "id");

-- CreateIndex
CREATE INDEX "formalism_report_county_code_filed_at_id_idx" ON "formalism_report"("county_code", "filed_at", "id");

-- CreateIndex
CREATE INDEX "formalism_report_township_code_filed_at_id_idx" ON "formalism_report"("township_code", "filed_at", "id");

-- CreateIndex
CREATE INDEX "formalism_report_community_code_filed_at_id_idx" ON "formalism_report"("community_code", "filed_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "work_list_division_code_family_ordinal_key" ON "work_list"("division_code", "family", "ordinal");

-- CreateIndex
CREATE INDEX "work_list_entry_list_id_entered_on_id_idx" ON "work_list_entry"("list_id", "entered_on", "id");

-- CreateIndex
CREATE INDEX "work_list_entry_city_code_entered_on_id_idx" ON "work_list_entry"("city_code", "entered_on", "id");

-- CreateIndex
CREATE INDEX "work_list_entry_county_code_entered_on_id_idx" ON "work_list_entry"("county_code", "entered_on", "id");

-- CreateIndex
CREATE INDEX "work_list_entry_township_code_entered_on_id_idx" ON "work_list_entry"("township_code", "entered_on", "id");

-- CreateIndex
CREATE INDEX "work_list_entry_community_code_entered_on_id_idx" ON "work_list_entry"("community_code", "entered_on", "id");

-- CreateIndex
CREATE UNIQUE INDEX "work_list_entry_previous_id_key" ON "work_list_entry"("previous_id");

-- by hand: kept when later migrations are generated

-- What is committed or paid never exceeds what there is, whoever asks at the same moment.
ALTER TABLE "funding" ADD CONSTRAINT "funding_committed_check" CHECK ("committed_yuan" BETWEEN 0 AND coalesce("budget_yuan", 0));
ALTER TABLE "contract" ADD CONSTRAINT "contract_paid_check" CHECK ("amount_yuan" > 0 AND "paid_yuan" BETWEEN 0 AND "amount_yuan");
ALTER TABLE "contract_payment" ADD CONSTRAINT "contract_payment_amount_check" CHECK ("amount_yuan" > 0);
-- A task stands on the list, or is commissioned for a fee.
ALTER TABLE "community_task" ADD CONSTRAINT "community_task_ground_check"
  CHECK (("admission_item_id" IS NOT NULL AND "fee_yuan" = 0) OR ("fee_yuan" > 0 AND "funding_id" IS NOT NULL));
-- One matter stands on a county's list once, and waits for one decision at a time.
CREATE UNIQUE INDEX "admission_item_in_force_key" ON "admission_item"("county_code", "title") WHERE "state" = 'IN_FORCE';
CREATE UNIQUE INDEX "admission_item_proposed_key" ON "admission_item"("replaces_id") WHERE "state" = 'PROPOSED';
-- One live linkage of a mode per project.
CREATE UNIQUE INDEX "linkage_live_project_key" ON "linkage"("project_id", "mode") WHERE "ended_on" IS NULL;

INSERT INTO "governance_rule" ("code", "effective_from", "kind", "title_zh", "title_en", "amount", "unit", "parameters", "legal_basis", "basis_confirmed") VALUES
  ('ADMISSION_CHANGE_MONTH', '2000-01-01', 'THRESHOLD', '准入清单每年调整的月份', 'Month in which the admission list is changed', 1, 'MONTH', '{}', '社区工作事项准入制度：《准入清单》每年1月调整（烟台市，《中国社区报》2020-10-16；文号待补）', false),
  ('ADMISSION_OFF_LIST', '2017-06-12', 'THRESHOLD', '清单外事项不得交社区承担', 'What is off the list is not asked of a community', NULL, NULL, '{}', '《中共中央 国务院关于加强和完善城乡社区治理的意见》（2017年）社区工作事项准入；清单外事项以购买服务方式委托', false),
  ('BURDEN_REVIEW', '2000-01-01', 'DEADLINE', '减负清理事项审核', 'Review of what burdens communities', 20, 'WORKING_DAY', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('REPORT_ACCEPT', '2022-05-01', 'DEADLINE', '举报受理', 'Acceptance of a report', 15, 'CALENDAR_DAY', '{}', '《信访工作条例》第二十二条（参照）', false),
  ('REPORT_HANDLE', '2022-05-01', 'DEADLINE', '举报办结', 'Dealing with a report', 60, 'CALENDAR_DAY', '{}', '《信访工作条例》第三十四条（参照）', false),
  ('REPORT_RECTIFY', '2000-01-01', 'DEADLINE', '约谈后整改', 'Rectification after the talk', 15, 'WORKING_DAY', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('DEMAND_ANSWER', '2000-01-01', 'DEADLINE', '民需答复或立项', 'Answering a demand or taking it into a project', 10, 'WORKING_DAY', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('DEMAND_PROJECT_STEP', '2000-01-01', 'DEADLINE', '民需项目每步推进', 'Each step of a demand project', 20, 'WORKING_DAY', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('CONTRACT_ACCEPTANCE', '2000-01-01', 'DEADLINE', '项目期满验收', 'Acceptance after a contract has ended', 30, 'WORKING_DAY', '{}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('CONTRACT_PAYMENT', '2020-09-01', 'DEADLINE', '验收后付款', 'Payment after acceptance', 30, 'CALENDAR_DAY', '{}', '《保障中小企业款项支付条例》（条次待核对）', false),
  ('QUORUM_JOINT_CONFERENCE', '2000-01-01', 'QUORUM', '联席会议有效人数', 'Quorum of a joint conference, by parties', NULL, NULL, '{"present": ">1/2", "agree": ">1/2"}', '平台默认值，待城市补充依据 Default until the city names its own basis', false),
  ('QUORUM_GROUP_MEETING', '2018-12-29', 'QUORUM', '居(村)民小组会议法定人数', 'Quorum of a group’s meeting', NULL, NULL, '{"present": ">=2/3", "agree": ">1/2"}', '《中华人民共和国村民委员会组织法》(2018年修正) 第二十八条；2025年修订文本待核对', false);

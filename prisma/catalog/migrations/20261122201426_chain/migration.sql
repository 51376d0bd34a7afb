-- AlterTable
ALTER TABLE "department_system" ADD COLUMN     "parent_id" UUID;

-- CreateTable
CREATE TABLE "dataset" (
    "code" TEXT NOT NULL,
    "name" TEXT,
    "system_id" UUID NOT NULL,
    "department_code" TEXT NOT NULL,
    "type_name" TEXT NOT NULL,
    "factor" TEXT,
    "row_count" BIGINT,
    "last_synced_at" TIMESTAMPTZ(3),
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "scenario" (
    "code" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT,
    "department_code" TEXT,
    "article_rows" TEXT[],
    "operation_names" TEXT[],
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "scenario_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "operation_document" (
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "article_rows" TEXT[],
    "document" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operation_document_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "dataset_system_id_code_idx" ON "dataset"("system_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_type_name_department_code_key" ON "dataset"("type_name", "department_code");

-- CreateIndex
CREATE UNIQUE INDEX "scenario_ordinal_key" ON "scenario"("ordinal");

-- CreateIndex
CREATE INDEX "department_system_parent_id_code_idx" ON "department_system"("parent_id", "code");

-- by hand: kept when later migrations are generated
CREATE INDEX "data_field_source_idx" ON "data_field"(("type_name" || '|' || "source_department"), "coordinate");
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_factor_check"
  CHECK ("factor" IN ('PERSON', 'EVENT', 'PLACE', 'THING', 'SENTIMENT'));
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_row_count_check" CHECK ("row_count" >= 0);

-- AlterTable
ALTER TABLE "party_member" ADD COLUMN     "item_provenance" JSONB;

-- AlterTable
ALTER TABLE "party_organization" ADD COLUMN     "item_provenance" JSONB,
ADD COLUMN     "organization_code" TEXT;

-- Organizations of before get the code that they would have been set up with.
UPDATE "party_organization" SET "organization_code" = 'DZ' || upper(right("id"::text, 12));
ALTER TABLE "party_organization" ALTER COLUMN "organization_code" SET NOT NULL;

-- CreateTable
CREATE TABLE "import_batch" (
    "id" UUID NOT NULL,
    "dataset" TEXT NOT NULL,
    "dataset_version" INTEGER NOT NULL,
    "client_id" TEXT NOT NULL,
    "department" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "encoding" TEXT,
    "policy" TEXT NOT NULL,
    "max_error_rate" DOUBLE PRECISION NOT NULL,
    "state" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "byte_count" BIGINT NOT NULL DEFAULT 0,
    "content_sha256" TEXT,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "inserted_count" INTEGER NOT NULL DEFAULT 0,
    "updated_count" INTEGER NOT NULL DEFAULT 0,
    "unchanged_count" INTEGER NOT NULL DEFAULT 0,
    "held_count" INTEGER NOT NULL DEFAULT 0,
    "rejected_count" INTEGER NOT NULL DEFAULT 0,
    "conflict_count" INTEGER NOT NULL DEFAULT 0,
    "fault_code" TEXT,
    "fault_values" JSONB,
    "provenance_id" UUID,

    CONSTRAINT "import_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_row" (
    "batch_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "column_key" TEXT,
    "masked_value" TEXT,
    "fault_values" JSONB,
    "row_sealed" BYTEA,
    "corrected_by" UUID,

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("batch_id","line")
);

-- CreateTable
CREATE TABLE "item_conflict" (
    "entity_type" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "item" TEXT NOT NULL,
    "coordinate" TEXT NOT NULL,
    "department" TEXT NOT NULL,
    "source_department" TEXT NOT NULL,
    "stated_text" TEXT,
    "stated_sealed" BYTEA,
    "stated_key" TEXT NOT NULL,
    "standing_provenance_id" UUID NOT NULL,
    "standing_department" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "stated_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "item_conflict_pkey" PRIMARY KEY ("entity_id","item","department")
);

-- CreateIndex
CREATE INDEX "import_batch_department_received_at_id_idx" ON "import_batch"("department", "received_at", "id");

-- CreateIndex
CREATE INDEX "import_batch_received_at_id_idx" ON "import_batch"("received_at", "id");

-- CreateIndex
CREATE INDEX "import_row_batch_id_outcome_line_idx" ON "import_row"("batch_id", "outcome", "line");

-- CreateIndex
CREATE INDEX "item_conflict_department_stated_at_entity_id_item_idx" ON "item_conflict"("department", "stated_at", "entity_id", "item");

-- CreateIndex
CREATE INDEX "item_conflict_source_department_stated_at_entity_id_item_idx" ON "item_conflict"("source_department", "stated_at", "entity_id", "item");

-- CreateIndex
CREATE INDEX "item_conflict_standing_department_stated_at_entity_id_item_idx" ON "item_conflict"("standing_department", "stated_at", "entity_id", "item");

-- CreateIndex
CREATE UNIQUE INDEX "party_organization_organization_code_key" ON "party_organization"("organization_code");

-- by hand: kept when later migrations are generated

-- Every row of a batch ends in one way, and the ways add up.
ALTER TABLE "import_batch" ADD CONSTRAINT "import_batch_adds_up" CHECK (
  "state" NOT IN ('MERGED', 'REFUSED')
  OR "row_count" = "inserted_count" + "updated_count" + "unchanged_count" + "held_count" + "rejected_count"
);

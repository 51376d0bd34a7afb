-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- CreateTable
CREATE TABLE "quality_measure" (
    "rule_code" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "sample_size" INTEGER NOT NULL,
    "passed_count" INTEGER NOT NULL,
    "measured_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quality_measure_pkey" PRIMARY KEY ("rule_code","day")
);

-- by hand: kept when later migrations are generated

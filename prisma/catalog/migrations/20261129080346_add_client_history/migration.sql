-- AlterTable
ALTER TABLE "client" ADD COLUMN     "scenario_codes" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "client_change" (
    "id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "reason" TEXT,
    "items" TEXT NOT NULL,

    CONSTRAINT "client_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "client_change_client_id_id_idx" ON "client_change"("client_id", "id" DESC);

-- by hand: kept when later migrations are generated

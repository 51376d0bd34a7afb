-- CreateTable
CREATE TABLE "division_change" (
    "id" UUID NOT NULL,
    "from_code" TEXT NOT NULL,
    "from_name" TEXT NOT NULL,
    "to_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "effective_on" DATE,
    "confirmed" BOOLEAN NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "division_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "division_change_to_code_idx" ON "division_change"("to_code");

-- CreateIndex
CREATE UNIQUE INDEX "division_change_from_code_to_code_key" ON "division_change"("from_code", "to_code");

-- by hand: kept when later migrations are generated

-- AlterTable
ALTER TABLE "provenance" ADD COLUMN     "receipt" TEXT;

-- by hand: kept when later migrations are generated

-- What waits for the access log: a handful of rows at any moment.
CREATE INDEX "provenance_receipt_idx" ON "provenance"("recorded_at") WHERE "receipt" IS NOT NULL;

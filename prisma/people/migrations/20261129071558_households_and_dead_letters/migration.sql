-- AlterTable
ALTER TABLE "household" ADD COLUMN     "item_provenance" JSONB;

-- AlterTable
ALTER TABLE "import_row" ADD COLUMN     "corrected_by" UUID,
ADD COLUMN     "row_sealed" BYTEA;

-- CreateIndex
CREATE INDEX "dwelling_micro_grid_code_address_text_idx" ON "dwelling"("micro_grid_code", "address_text");

-- by hand: kept when later migrations are generated

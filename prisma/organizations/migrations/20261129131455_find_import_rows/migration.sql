-- CreateIndex
CREATE INDEX "import_row_batch_id_outcome_line_idx" ON "import_row"("batch_id", "outcome", "line");

-- by hand: kept when later migrations are generated

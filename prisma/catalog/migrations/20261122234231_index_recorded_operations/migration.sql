-- AlterTable
ALTER TABLE "recorded_operation" ADD COLUMN     "elements" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "operation_usage_day_idx" ON "operation_usage"("day");

-- CreateIndex
CREATE INDEX "recorded_operation_coordinates_idx" ON "recorded_operation" USING GIN ("coordinates");

-- CreateIndex
CREATE INDEX "recorded_operation_elements_idx" ON "recorded_operation" USING GIN ("elements");

-- by hand: kept when later migrations are generated

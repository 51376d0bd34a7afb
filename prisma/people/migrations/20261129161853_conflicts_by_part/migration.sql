-- DropIndex
DROP INDEX "item_conflict_department_stated_at_entity_id_item_idx";

-- DropIndex
DROP INDEX "item_conflict_source_department_stated_at_entity_id_item_idx";

-- DropIndex
DROP INDEX "item_conflict_standing_department_stated_at_entity_id_item_idx";

-- CreateIndex
CREATE INDEX "item_conflict_newest_idx" ON "item_conflict"("entity_type", "state", "stated_at", "entity_id", "item");

-- CreateIndex
CREATE INDEX "item_conflict_department_newest_idx" ON "item_conflict"("entity_type", "state", "department", "stated_at", "entity_id", "item");

-- CreateIndex
CREATE INDEX "item_conflict_source_newest_idx" ON "item_conflict"("entity_type", "state", "source_department", "stated_at", "entity_id", "item");

-- CreateIndex
CREATE INDEX "item_conflict_standing_newest_idx" ON "item_conflict"("entity_type", "state", "standing_department", "stated_at", "entity_id", "item");

-- CreateIndex
CREATE INDEX "item_conflict_department_source_newest_idx" ON "item_conflict"("entity_type", "state", "department", "source_department", "stated_at", "entity_id", "item");

-- CreateIndex
CREATE INDEX "item_conflict_standing_department_newest_idx" ON "item_conflict"("entity_type", "state", "standing_department", "department", "stated_at", "entity_id", "item");

-- CreateIndex
CREATE INDEX "item_conflict_standing_source_newest_idx" ON "item_conflict"("entity_type", "state", "standing_department", "source_department", "stated_at", "entity_id", "item");

-- CreateIndex
CREATE INDEX "item_conflict_parts_newest_idx" ON "item_conflict"("entity_type", "state", "standing_department", "department", "source_department", "stated_at", "entity_id", "item");

-- by hand: kept when later migrations are generated

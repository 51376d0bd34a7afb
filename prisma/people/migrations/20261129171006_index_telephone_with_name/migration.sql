-- DropIndex
DROP INDEX "person_phone_hash_idx";

-- CreateIndex
CREATE INDEX "person_phone_hash_name_pinyin_idx" ON "person"("phone_hash", "name_pinyin");

-- by hand: kept when later migrations are generated

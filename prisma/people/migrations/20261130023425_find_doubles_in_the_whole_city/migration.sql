-- CreateIndex
CREATE INDEX "person_birth_date_name_pinyin_idx" ON "person"("birth_date", "name_pinyin");

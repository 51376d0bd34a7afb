-- A community that has ended has no gap.
DROP INDEX "community_without_legal_adviser";
DROP INDEX "community_without_stationed";
CREATE INDEX "community_without_legal_adviser" ON "community" ("stat_code") WHERE NOT ('LEGAL_ADVISER' = ANY ("engaged_roles")) AND "valid_to" IS NULL;
CREATE INDEX "community_without_stationed" ON "community" ("stat_code") WHERE NOT ('STATIONED' = ANY ("engaged_roles")) AND "valid_to" IS NULL;

-- by hand: kept when later migrations are generated

-- How many households a residents' committee is set up for, by the law in force on a day.
INSERT INTO "people_rule" ("code", "effective_from", "value", "unit", "legal_basis") VALUES
  ('COMMITTEE_HOUSEHOLDS_MIN', '1990-01-01', 100, '户 households', '《城市居民委员会组织法》1989 年文本（条号待核）'),
  ('COMMITTEE_HOUSEHOLDS_MAX', '1990-01-01', 700, '户 households', '《城市居民委员会组织法》1989 年文本（条号待核）'),
  ('COMMITTEE_HOUSEHOLDS_MIN', '2026-01-01', 1000, '户 households', '《居民委员会组织法》2025 年修订 第三条'),
  ('COMMITTEE_HOUSEHOLDS_MAX', '2026-01-01', 3000, '户 households', '《居民委员会组织法》2025 年修订 第三条');

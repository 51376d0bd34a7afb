-- by hand: kept when later migrations are generated

-- Values that were named after one city's campaign or programme; the names themselves are rows.
UPDATE "organization" SET "structure" = 'DEPARTMENTS_AND_CENTRE' WHERE "structure" = 'FIVE_DEPARTMENTS_ONE_CENTRE';
UPDATE "indicator" SET "measure" = 'DESIGNATED:' || left("measure", -12) WHERE "measure" LIKE '%_COMMUNITIES'
   AND "measure" IN ('INTERNATIONAL_COMMUNITIES', 'HARMONIOUS_COMMUNITIES', 'GENERALIST_COMMUNITIES');

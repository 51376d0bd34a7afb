-- by hand: kept when later migrations are generated

-- Values that were named after one city's platform or campaign; the names themselves are rows of the registry of systems.
UPDATE "incident" SET "channel" = 'MINI_PROGRAM' WHERE "channel" = 'WEIJIAYUAN';
UPDATE "incident" SET "channel" = 'COMMUNITY_LINE' WHERE "channel" = 'ZHILIANXIAN';
UPDATE "service_request" SET "channel" = 'MINI_PROGRAM' WHERE "channel" = 'WEIJIAYUAN';
UPDATE "service_request" SET "channel" = 'COMMUNITY_LINE' WHERE "channel" = 'ZHILIANXIAN';
UPDATE "mediation" SET "kind" = 'ON_THE_SPOT' WHERE "kind" = 'BENCH_COURT';
UPDATE "work_list" SET "family" = 'CHAINED_LISTS' WHERE "family" = 'FOUR_LISTS';

-- by hand: kept when later migrations are generated

-- Given names: what follows the first character of a name. An area is a range of communities.
CREATE INDEX "person_given_name_idx" ON "person"((substr("name", 2)), "community_code", "id");

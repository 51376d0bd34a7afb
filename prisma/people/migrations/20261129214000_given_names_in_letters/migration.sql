-- by hand: kept when later migrations are generated

-- How many characters of a name are the family name: two of those that are common enough to be met, else one.
CREATE FUNCTION "surname_length"("name" text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN char_length(name) > 2 AND left(name, 2) = ANY ('{欧阳,上官,诸葛,司马,司徒,夏侯,东方,皇甫,尉迟,公孙,慕容,令狐,宇文,长孙,轩辕,端木,独孤,南宫,百里,呼延,东郭,西门,闻人,申屠,太史,澹台,濮阳,淳于,单于,公冶,宗政,钟离,鲜于,闾丘,司空,亓官,仲孙}'::text[]) THEN 2 ELSE 1 END
$$;

-- What of a name's pinyin follows the syllables of the family name: the next begins with the letter that the initials say.
-- Null for letters that are no pinyin. All but few names are read without a pattern of their own, which costs ten times more.
CREATE FUNCTION "letters_after_surname"("length" int, "pinyin" text, "initials" text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  next text := substr(initials, length + 1, 1);
  syllable text := '(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|er|ia|ie|iu|ua|uo|ui|ue|ve|a|o|e|i|u|v)';
  rest text;
BEGIN
  IF length = 1 THEN
    rest := regexp_replace(pinyin, '^[b-df-hj-np-tw-z]*[aeiouv]+', '');
    IF left(rest, 2) = 'ng' AND substr(rest, 3, 1) = next THEN RETURN substr(rest, 3); END IF;
    IF left(rest, 1) IN ('n', 'r') AND substr(rest, 2, 1) = next THEN RETURN substr(rest, 2); END IF;
    IF left(rest, 1) = next THEN RETURN rest; END IF;
    RETURN substring(pinyin FROM '^' || syllable || '(' || next || '[a-z]*)$');
  END IF;
  RETURN substring(pinyin FROM '^' || syllable || '(?=' || substr(initials, 2, 1) || ')' || syllable || '(' || next || '[a-z]*)$');
END $$;

-- Given names in characters, pinyin and initials. An area of any tier is a range of grids.
DROP INDEX "person_given_name_idx";
CREATE INDEX "person_given_name_idx" ON "person"((substr("name", 2)), "grid_code", "id");
CREATE INDEX "person_given_pinyin_idx" ON "person"("letters_after_surname"("surname_length"("name"), "name_pinyin", "name_initials"), "grid_code", "id");
CREATE INDEX "person_given_initials_idx" ON "person"((substr("name_initials", "surname_length"("name") + 1)), "grid_code", "id");

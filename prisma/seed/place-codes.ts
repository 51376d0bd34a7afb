/** Where a row belongs: the 12-digit community with its prefixes as codes of their own. */
export interface PlaceCodes {
  readonly cityCode: string;
  readonly countyCode: string;
  readonly townshipCode: string;
  readonly communityCode: string;
}

/** Digits of a place's code that an alert may be about. */
export const ALERT_SCOPES: Readonly<
  Record<number, 'cityCode' | 'countyCode' | 'townshipCode' | 'communityCode' | 'gridCode'>
> = {
  4: 'cityCode',
  6: 'countyCode',
  9: 'townshipCode',
  12: 'communityCode',
  15: 'gridCode',
};

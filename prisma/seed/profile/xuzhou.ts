import { type CityProfile, scaledTotals } from './city-profile.ts';
import { jiaxing } from './jiaxing.ts';

/** 徐州: with the economic zone that statistics count like a county. */
export const xuzhou: CityProfile = {
  ...jiaxing,
  city: 'xuzhou',
  cityCode: '3203',
  name: '徐州市',
  nominalCentre: { longitude: 117.18, latitude: 34.26 }, // [K]
  communityTarget: 2812, // [C] the list of 2023-06-30; virtual villages are left out of it
  totals: scaledTotals({ population: 9_020_000 /* [K] */ }, jiaxing.totals),
  urbanWeight: 2, // [K]
  migrantShare: { urban: 0.16, rural: 0.04 }, // [K]
  seasonalElderShare: 0, // [K]
  channels: [
    ['GRID_WORKER', 62],
    ['RESIDENT', 14],
    ['HOTLINE_12345', 18],
    ['VISION', 6],
  ],
  ethnicGroups: [
    ['01', 988],
    ['03', 6],
    ['06', 2],
    ['11', 2],
    ['08', 2],
  ],
  hamletEndings: ['庄', '楼', '集', '湖', '店', '沟', '寨', '堂'],
  roads: ['淮海路', '中山路', '解放路', '建国路', '二环路', '黄河路', '民主路', '复兴路', '煤建路', '矿山路'],
};

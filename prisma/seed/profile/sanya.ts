import { type CityProfile, scaledTotals } from './city-profile.ts';
import { jiaxing } from './jiaxing.ts';

/** 三亚: no township tier, farm communities, elders who come for the winter. */
export const sanya: CityProfile = {
  ...jiaxing,
  city: 'sanya',
  cityCode: '4602',
  name: '三亚市',
  nominalCentre: { longitude: 109.51, latitude: 18.25 }, // [K]
  communityTarget: 149, // [S] 52 + 92 + 5; the list of 2023-06-30 has 62 + 88
  totals: scaledTotals({ population: 1_070_000 /* [K] */, grids: 2000 /* [S] "more than 2,000" */ }, jiaxing.totals),
  urbanWeight: 3, // [K]
  migrantShare: { urban: 0.36, rural: 0.12 }, // [K]
  seasonalElderShare: 0.45, // [K]
  ethnicGroups: [
    ['01', 590],
    ['19', 370],
    ['03', 12],
    ['06', 12],
    ['08', 10],
    ['11', 6],
  ],
  // The five rows whose names end in 居居委会.
  farmCommunities: ['460202198004', '460203198020', '460204198027', '460204198028', '460205198008'],
  communitiesWithoutCentre: 1, // [S] 148 of 149
  facilitiesPerCommunity: { ...jiaxing.facilitiesPerCommunity, LEGAL_AID: 105 / 149 /* [S] "more than 100" */ },
  channels: [
    ['GRID_WORKER', 64],
    ['RESIDENT', 16],
    ['HOTLINE_12345', 16],
    ['VISION', 4],
  ],
  committeeTermNumber: 9, // [K]
  committeeTermStart: { year: 2026, month: 1 }, // [K]
  hamletEndings: ['村', '园村', '田村', '坡村', '岭村', '湾村', '坑村', '寮村'],
  roads: ['解放路', '河西路', '新风街', '凤凰路', '榆亚路', '迎宾路', '育秀路', '商品街', '红旗街', '海润路'],
};

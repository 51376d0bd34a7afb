import { type CityProfile, scaledTotals } from './city-profile.ts';
import { jiaxing } from './jiaxing.ts';

/** 杭州: its own workforce figures, Jiaxing's ratios elsewhere. */
export const hangzhou: CityProfile = {
  ...jiaxing,
  city: 'hangzhou',
  cityCode: '3301',
  name: '杭州市',
  nominalCentre: { longitude: 120.15, latitude: 30.27 }, // [K]
  communityTarget: 3320, // [C] the list of 2023-06-30; virtual villages are left out of it
  totals: scaledTotals(
    {
      population: 12_620_000, // [K]
      communityWorkers: 11_800, // [S] end of 2016
      certifiedWorkers: 6633, // [S] 56.2 % of the workers, 79.85 % of those who passed
    },
    jiaxing.totals,
  ),
  urbanWeight: 2.8, // [K]
  migrantShare: { urban: 0.38, rural: 0.2 }, // [K]
  facilitiesPerCommunity: { ...jiaxing.facilitiesPerCommunity, PUBLIC_SPACE: 0.8 }, // [K]
  channels: [
    ['GRID_WORKER', 60],
    ['RESIDENT', 16],
    ['HOTLINE_12345', 16],
    ['VISION', 8],
  ],
  ethnicGroups: [
    ['01', 968],
    ['22', 8],
    ['15', 6],
    ['06', 5],
    ['08', 3],
    ['11', 4],
    ['03', 4],
    ['12', 2],
  ],
  hamletEndings: ['家坞', '家村', '家桥', '家埠', '家弄', '家山', '家畈', '家塘'],
  roads: ['解放路', '中河路', '建国路', '凤起路', '秋涛路', '文一路', '江南大道', '望江路', '清江路', '体育场路'],
};

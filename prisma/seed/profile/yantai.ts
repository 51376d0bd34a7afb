import { type CityProfile, scaledTotals } from './city-profile.ts';
import { jiaxing } from './jiaxing.ts';

/** 烟台: many small villages, and measured floor areas of its centres. */
export const yantai: CityProfile = {
  ...jiaxing,
  city: 'yantai',
  cityCode: '3706',
  name: '烟台市',
  nominalCentre: { longitude: 121.45, latitude: 37.46 }, // [K]
  communityTarget: 6509, // [C] the list of 2023-06-30; virtual villages are left out of it
  totals: scaledTotals({ population: 7_030_000 /* [K] */ }, jiaxing.totals),
  urbanWeight: 8, // [K]
  migrantShare: { urban: 0.18, rural: 0.04 }, // [K]
  seasonalElderShare: 0.01, // [K]
  // [S] minimum 600 and 500; 231,500 over 363 urban, 905,000 over 1,143 rural centres
  centreAreas: { urbanMinimum: 600, urbanMean: 637.7, ruralMinimum: 500, ruralMean: 791.8 },
  channels: [
    ['GRID_WORKER', 62],
    ['RESIDENT', 14],
    ['HOTLINE_12345', 18],
    ['VISION', 6],
  ],
  ethnicGroups: [
    ['01', 990],
    ['10', 4],
    ['11', 3],
    ['03', 1],
    ['06', 2],
  ],
  hamletEndings: ['家庄', '家疃', '家夼', '格庄', '家沟', '家埠', '家村', '山后'],
  roads: ['南大街', '北马路', '青年路', '环山路', '胜利路', '解放路', '大马路', '幸福路', '红旗路', '观海路'],
};

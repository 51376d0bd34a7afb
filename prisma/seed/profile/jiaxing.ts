import type { CityProfile } from './city-profile.ts';

/** 嘉兴: the profile the others borrow their ratios from. */
export const jiaxing: CityProfile = {
  city: 'jiaxing',
  cityCode: '3304',
  name: '嘉兴市',
  communityTarget: 1170, // [S]; the list of 2023-06-30 has 1202
  totals: {
    population: 5_550_000, // [K] 2021-22; fits 14,473 certified at 2.6 per mille
    grids: 4922, // [S] one grid branch in every grid
    microGrids: 124_000, // [S] micro-grid chiefs
    gridChiefs: 4000, // [S] "more than 4,000": some hold more than one grid
    gridWorkers: 23_000, // [S]
    communityWorkers: 22_000, // [K] so that the certified are two thirds of them
    certifiedWorkers: 14_473, // [S]
    partyMembers: 162_000, // [S]
    microGridGroups: 51_000, // [S] 41 % of the micro-grids
    incidentsPerYear: 700_000, // [C] 142 a grid and year in Zhejiang
  },
  urbanWeight: 2.1, // [K]
  peoplePerHousehold: 2.5, // [K]
  incidentsClosedShare: 0.912, // [C]
  migrantShare: { urban: 0.34, rural: 0.22 }, // [K]
  separatedShare: { urban: 0.13, rural: 0.05 }, // [K]
  seasonalElderShare: 0.02, // [K]
  ethnicGroups: [
    ['01', 972],
    ['15', 6],
    ['06', 6],
    ['09', 4],
    ['08', 3],
    ['11', 3],
    ['03', 2],
    ['07', 2],
    ['12', 2],
  ],
  farmCommunities: [],
  communitiesWithoutCentre: 0,
  centreAreas: { urbanMinimum: 600, urbanMean: 720, ruralMinimum: 500, ruralMean: 640 }, // [K]
  nominalCentre: { longitude: 120.76, latitude: 30.75 }, // [K]
  furtherLounges: (157 - 72) / (1170 - 72), // [S] 157, at least one in each of 72 townships
  facilitiesPerCommunity: {
    LEGAL_AID: 0.7, // [K]
    POLICE_ROOM: 0.75, // [K]
    NEIGHBOUR_CENTRE: 0.25, // [K]
    PUBLIC_SPACE: 0.6, // [K]
  },
  channels: [
    ['GRID_WORKER', 62],
    ['MINI_PROGRAM', 13],
    ['HOTLINE_12345', 11],
    ['RESIDENT', 8],
    ['VISION', 6],
  ],
  committeeTermNumber: 12, // [K]
  committeeTermStart: { year: 2025, month: 11 }, // [K]
  hamletEndings: ['家浜', '家桥', '家埭', '家汇', '家兜', '家港', '家角', '家湾'],
  roads: ['中山路', '勤俭路', '禾兴路', '环城路', '吉水路', '新气象路', '东升路', '纺工路', '城南路', '庆丰路'],
};

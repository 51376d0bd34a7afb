import { weighted } from '../chance/random.ts';

/** What a household consists of. */
export type FamilyForm =
  | 'YOUNG_SINGLE'
  | 'ELDER_SINGLE'
  | 'ADULT_SINGLE'
  | 'ELDER_COUPLE'
  | 'COUPLE'
  | 'ONE_CHILD'
  | 'TWO_CHILDREN'
  | 'ONE_PARENT'
  | 'THREE_GENERATIONS'
  | 'GRANDPARENTS'
  | 'DORMITORY';

/** Draws a form for a household in town; their mean size is 2.5 people. */
export const urbanForms = weighted<FamilyForm>([
  ['YOUNG_SINGLE', 135],
  ['ELDER_SINGLE', 65],
  ['ADULT_SINGLE', 45],
  ['ELDER_COUPLE', 130],
  ['COUPLE', 135],
  ['ONE_CHILD', 235],
  ['TWO_CHILDREN', 95],
  ['ONE_PARENT', 38],
  ['THREE_GENERATIONS', 82],
  ['GRANDPARENTS', 12],
  ['DORMITORY', 10],
]);

/** Draws a form for a household in a village; their mean size is a little above that in town. */
export const ruralForms = weighted<FamilyForm>([
  ['YOUNG_SINGLE', 80],
  ['ELDER_SINGLE', 100],
  ['ADULT_SINGLE', 40],
  ['ELDER_COUPLE', 205],
  ['COUPLE', 115],
  ['ONE_CHILD', 170],
  ['TWO_CHILDREN', 85],
  ['ONE_PARENT', 30],
  ['THREE_GENERATIONS', 140],
  ['GRANDPARENTS', 25],
  ['DORMITORY', 6],
]);

/** Ages in years of young people who live alone. */
export const youngAge = weighted([
  [19, 6],
  [21, 10],
  [23, 14],
  [25, 15],
  [27, 14],
  [29, 12],
  [32, 12],
  [36, 9],
  [41, 6],
  [47, 5],
  [52, 3],
]);

/** Ages in years of the younger of two elders. */
export const elderAge = weighted([
  [61, 14],
  [64, 15],
  [67, 16],
  [70, 15],
  [73, 13],
  [76, 10],
  [79, 7],
  [82, 5],
  [85, 3],
  [88, 2],
]);

/** Ages in years of wives without a child at home. */
export const coupleAge = weighted([
  [22, 4],
  [24, 8],
  [26, 12],
  [28, 12],
  [31, 9],
  [36, 5],
  [42, 6],
  [47, 14],
  [50, 16],
  [53, 16],
  [56, 14],
]);

/** Ages in years of the eldest child at home. */
export const childAge = weighted([
  [0, 9],
  [2, 11],
  [4, 13],
  [6, 15],
  [8, 17],
  [10, 17],
  [12, 16],
  [14, 15],
  [16, 14],
  [18, 12],
  [20, 10],
  [22, 9],
  [24, 7],
  [26, 5],
]);

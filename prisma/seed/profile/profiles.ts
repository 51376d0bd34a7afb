import type { DemoCity } from '../vocabulary.ts';
import type { CityProfile } from './city-profile.ts';
import { hangzhou } from './hangzhou.ts';
import { jiaxing } from './jiaxing.ts';
import { sanya } from './sanya.ts';
import { xuzhou } from './xuzhou.ts';
import { yantai } from './yantai.ts';

/** The profile of each demo city. */
export const cityProfiles: Readonly<Record<DemoCity, CityProfile>> = { jiaxing, hangzhou, sanya, xuzhou, yantai };

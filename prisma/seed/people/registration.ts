import type { Random } from '../chance/random.ts';
import type { CityState, KnownDwelling } from '../city-state.ts';
import type { FamilyForm } from './family-forms.ts';

/** Where a household is registered (户籍地), seen from where it lives. */
export type Registration =
  | { readonly where: 'HERE' }
  | { readonly where: 'SAME_CITY'; readonly dwelling: KnownDwelling }
  | { readonly where: 'OTHER_CITY'; readonly communityCode: string; readonly seasonal: boolean };

const HERE: Registration = { where: 'HERE' };

/** Draws a household's place of registration: elders may come for the winter only, dormitories hold migrants. */
export function drawRegistration(random: Random, state: CityState, form: FamilyForm, urban: boolean): Registration {
  const { profile } = state;
  const elders = form === 'ELDER_SINGLE' || form === 'ELDER_COUPLE';
  if (elders && random.chance(profile.seasonalElderShare)) return otherCity(random, state, true);
  const migrantShare = profile.migrantShare[urban ? 'urban' : 'rural'];
  const share =
    form === 'DORMITORY'
      ? 1
      : form === 'YOUNG_SINGLE'
        ? Math.min(0.95, migrantShare * 2.2)
        : elders
          ? 0.03
          : migrantShare;
  if (random.chance(share)) return otherCity(random, state, false);
  if (random.chance(profile.separatedShare[urban ? 'urban' : 'rural'])) return sameCity(random, state);
  return HERE;
}

/** Now and then one member is registered apart from a household that is registered here. */
export function drawMemberRegistration(random: Random, state: CityState, spouse: boolean): Registration {
  if (!spouse || !random.chance(0.04)) return HERE;
  return random.chance(0.5) ? sameCity(random, state) : otherCity(random, state, false);
}

function sameCity(random: Random, state: CityState): Registration {
  if (state.knownDwellings.length === 0) return HERE;
  return { where: 'SAME_CITY', dwelling: random.pick(state.knownDwellings) };
}

function otherCity(random: Random, state: CityState, seasonal: boolean): Registration {
  return { where: 'OTHER_CITY', communityCode: random.pick(state.otherCityVillages), seasonal };
}

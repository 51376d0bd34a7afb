import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { populationCells } from '../../../kit/statistics/population-cells.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { ruleOn } from '../../store/care/care-writes.ts';
import { countGridPeople, insertCells } from '../../store/statistics/release-rows.ts';
import { dateColumn, type RuleContext, write } from '../people-write.ts';

export interface PopulationPublished {
  readonly releaseId: string;
}

export interface PublishPopulationInput {
  readonly cityCode: string;
  readonly idempotencyKey: string;
}

/**
 * Publishes a city's population as it is today: all cells from the grids to the city at once, small counts withheld over
 * the whole of it, and stored so. A city's releases lie some time apart (a rule), or the difference of two would tell
 * of those who moved in between.
 */
export function publishPopulation(
  context: RuleContext,
  input: PublishPopulationInput,
): Promise<PopulationPublished | Refusal> {
  const { store, caller, clock } = context;
  const request = { mutation: 'publishPopulation', dataset: 'population_release', input };
  return write(context, request, async (transaction, provenanceId) => {
    const { cityCode } = input;
    const place = { cityCode, countyCode: '', townshipCode: '', communityCode: cityCode };
    if (!/^\d{4}$/.test(cityCode) || !coversPlace(caller, place)) return refuse('DIVISION_NOT_FOUND', 'input.cityCode');
    const day = dateInChina(clock.now());
    const last = await transaction.populationRelease.findFirst({ where: { cityCode }, orderBy: { asOf: 'desc' } });
    const days = await ruleOn(transaction, 'RELEASE_INTERVAL_DAYS', day);
    if (last !== null) {
      const earliest = new Date(last.asOf.getTime() + days * 86_400_000).toISOString().slice(0, 10);
      if (day < earliest) {
        return refuse('RELEASE_TOO_SOON', 'input.cityCode', {
          last: last.asOf.toISOString().slice(0, 10),
          days,
          earliest,
        });
      }
    }
    const { counts, floor } = await countGridPeople(transaction, cityCode, day);
    if (counts.length === 0) return refuse('DIVISION_NOT_FOUND', 'input.cityCode');
    const cells = populationCells(counts, floor);
    const id = store.ids.next();
    await transaction.populationRelease.create({
      data: {
        id,
        cityCode,
        asOf: dateColumn(day),
        smallCountFloor: floor,
        cellCount: cells.length,
        withheldCount: cells.filter(({ count }) => count === null).length,
        provenanceId,
      },
    });
    await insertCells(transaction, id, cells);
    const answer = { releaseId: globalId('PopulationRelease', id) };
    const event = {
      eventType: 'population.released',
      entityType: 'PopulationRelease',
      entityId: answer.releaseId,
      payload: { ...answer, cityCode, asOf: day },
      place,
    };
    return { answer, rowCount: cells.length + 1, events: [event] };
  });
}

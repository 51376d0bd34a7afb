import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { coversPlace, significantCode } from '../../../kit/store/place-scope.ts';
import { placeOfOrganization } from '../../store/bodies/engagement-writes.ts';
import { dateColumn } from '../../store/organizations-transaction.ts';
import { lockDivisions } from '../../store/territory/division-writes.ts';
import type { TrainingCourseRow } from '../../store/workforce/training-rows.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';

export interface OpenTrainingCourseInput {
  readonly title: string;
  readonly kind: TrainingCourseRow['kind'];
  readonly tier: TrainingCourseRow['tier'];
  readonly divisionCode: string;
  readonly categoryCode?: string | null | undefined;
  readonly mode: TrainingCourseRow['mode'];
  readonly studyScope?: TrainingCourseRow['studyScope'] | undefined;
  readonly term: string;
  readonly startsOn: string;
  readonly hours: number;
  readonly budgetYuan?: number | null | undefined;
  readonly idempotencyKey: string;
}

export interface TrainingCourseOpened {
  readonly courseId: string;
}

const TIER_DIGITS = { CITY: 4, COUNTY: 6, TOWNSHIP: 9 } as const;
const MOST_HOURS = 400;
const LARGEST_BUDGET_YUAN = 100_000_000;

/**
 * Announces a training course of a city, county or township; it may lie ahead. The runs of one kind in one term and
 * division count on, whoever opens them at once.
 */
export function openTrainingCourse(
  context: RuleContext,
  input: OpenTrainingCourseInput,
): Promise<TrainingCourseOpened | Refusal> {
  const { store, caller } = context;
  const request = { mutation: 'openTrainingCourse', dataset: 'training_course', input };
  return write(context, request, async (transaction, provenanceId) => {
    const { title, kind, tier, mode, term, hours } = input;
    const flaw = textFlaw(title, 'input.title', 2, 120) ?? textFlaw(term, 'input.term', 2, 20);
    if (flaw !== undefined) return flaw;
    const code = significantCode(input.divisionCode);
    if (code === undefined || code.length !== TIER_DIGITS[tier]) return refuse('COURSE_TIER_UNFIT', 'input.tier');
    const cityCode = code.slice(0, 4);
    const countyCode = code.length >= 6 ? code.slice(0, 6) : null;
    const townshipCode = code.length >= 9 ? code : null;
    const place = placeOfOrganization({ cityCode, countyCode, townshipCode, communityCode: null });
    const [division] = coversPlace(caller, place) ? await lockDivisions(transaction, [code]) : [];
    if (division === undefined) return refuse('DIVISION_NOT_FOUND', 'input.divisionCode');
    if (hours < 1 || hours > MOST_HOURS) return figuresInvalid('input.hours');
    const budgetYuan = input.budgetYuan ?? null;
    if (budgetYuan !== null && (budgetYuan < 0 || budgetYuan > LARGEST_BUDGET_YUAN)) {
      return figuresInvalid('input.budgetYuan');
    }
    const categoryCode = input.categoryCode ?? null;
    if (categoryCode !== null) {
      const category = await transaction.trainingCategory.findUnique({ where: { code: categoryCode } });
      if (category === null) return refuse('TRAINING_CATEGORY_NOT_FOUND', 'input.categoryCode');
    }
    const runs = await transaction.trainingCourse.aggregate({
      where: { term, tier, kind, cityCode, countyCode, townshipCode },
      _max: { runNumber: true },
    });
    const id = store.ids.next();
    await transaction.trainingCourse.create({
      data: {
        id,
        title,
        kind,
        tier,
        categoryCode,
        mode,
        studyScope: input.studyScope ?? null,
        runNumber: (runs._max.runNumber ?? 0) + 1,
        term,
        startsOn: dateColumn(input.startsOn),
        hours,
        budgetYuan,
        cityCode,
        countyCode,
        townshipCode,
        provenanceId,
      },
    });
    const answer = { courseId: globalId('TrainingCourse', id) };
    const event = {
      eventType: 'training.opened',
      entityType: 'TrainingCourse',
      entityId: answer.courseId,
      payload: { ...answer, kind, tier },
      place,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}

function figuresInvalid(culprit: string): Refusal {
  return refuse('COURSE_FIGURES_INVALID', culprit, { hours: MOST_HOURS, max: LARGEST_BUDGET_YUAN });
}

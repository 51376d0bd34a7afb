import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { Random } from '../chance/random.ts';
import { RowIds } from '../chance/row-ids.ts';
import type { CityState } from '../city-state.ts';
import { provenanceIds } from '../provenance.ts';
import type { RowSet } from '../rows.ts';
import { SEED } from '../seed-version.ts';
import type { CommunityDraft } from '../territory/community-draft.ts';
import { knownDivisionChanges } from '../territory/division-change.ts';
import type { DemoCity } from '../vocabulary.ts';
import type {
  DesignationRow,
  ExperienceEventRow,
  IndicatorReportRow,
  IndicatorRow,
  IndicatorTargetRow,
  PolicyDocumentRow,
  PolicyProvisionRow,
  ProgrammeRow,
} from './register-rows.ts';

const IDS_START = (1 << 18) + (1 << 17);
/** Of what came to the registers later: ids that move no others. */
const LATER_IDS_START = IDS_START + (1 << 16);
const LATER_DESIGNATION_IDS_START = 15 << 15;
const SCORED_ON = '2025-12-20';
/** The last day that the figures of a city's article can be of; where its years are lost, of the youngest article. */
export const REPORTED_ON: Readonly<Record<DemoCity, string>> = {
  ...{ hangzhou: '2016-12-31', sanya: '2017-12-31', xuzhou: '2020-12-31', yantai: '2020-10-16', jiaxing: '2022-12-31' },
};
const INTERNATIONAL_HANGZHOU = 7;
/** 中发〔2017〕13号 is of this day. */
const CENTRAL_ISSUED_ON = '2017-06-12';

/**
 * Of a paper in force: the last day that it can be of, as with figures, where the article does not give the day; a city's
 * own are not older than the central one that they follow.
 */
function issuedOn(city: DemoCity, key: string, state: PolicyDocumentRow['state']): string | null {
  if (key === 'central') return CENTRAL_ISSUED_ON;
  if (state !== 'IN_FORCE') return null;
  return REPORTED_ON[city] > CENTRAL_ISSUED_ON ? REPORTED_ON[city] : CENTRAL_ISSUED_ON;
}

interface Registers {
  readonly documents: readonly {
    readonly city: DemoCity;
    readonly key: string;
    readonly title: string;
    readonly kind: PolicyDocumentRow['kind'];
    readonly theme: string;
    readonly issuer: string | null;
    readonly state: PolicyDocumentRow['state'];
    readonly parent: string | null;
    readonly later?: boolean;
    readonly provisions: readonly (readonly [kind: PolicyProvisionRow['kind'], ordinal: number, name: string | null])[];
    readonly laterProvisions?: Registers['documents'][number]['provisions'];
  }[];
  readonly programmes: readonly (Omit<ProgrammeRow, 'id' | 'cityCode' | 'provenanceId'> & {
    readonly city: DemoCity;
    readonly later?: boolean;
  })[];
  readonly events: readonly {
    readonly city: DemoCity;
    readonly kind: ExperienceEventRow['kind'];
    readonly theme: string;
    readonly host: string;
    readonly heldOn: string;
    readonly later?: boolean;
  }[];
  readonly indicators: readonly (Omit<
    IndicatorRow,
    'id' | 'ordinal' | 'flagged' | 'scope' | 'cityCode' | 'provenanceId'
  > & {
    readonly city: DemoCity;
    /** The city's own, unless it says otherwise. */
    readonly scope?: IndicatorRow['scope'];
    readonly targets: readonly (readonly [IndicatorTargetRow['operator'], number, number | null])[];
    readonly laterTargets?: Registers['indicators'][number]['targets'];
  })[];
}

let registers: Registers | undefined;
function readRegisters(): Registers {
  registers ??= JSON.parse(
    readFileSync(join(projectRoot, 'prisma/seed/data/governance-registers.json'), 'utf8'),
  ) as Registers;
  return registers;
}

/** Papers, programmes, events and indicators of a city; what its communities refer to is noted in the state. */
export function cityRegisters(state: CityState): RowSet {
  const { city, cityCode } = state.profile;
  const ids = new RowIds(new Random(`${SEED}/${city}/register-ids`), 0, IDS_START);
  const later = new RowIds(new Random(`${SEED}/${city}/later-register-ids`), 0, LATER_IDS_START);
  const idsOf = (item: { readonly later?: boolean }) => (item.later === true ? later : ids);
  const all = readRegisters();
  const provenanceId = provenanceIds['organizations.policy_document'];
  const own = <Item extends { readonly city: DemoCity }>(items: readonly Item[]) =>
    items.filter((item) => item.city === city);

  const documentIds = new Map<string, string>();
  const provisions: PolicyProvisionRow[] = [];
  const documents = own(all.documents).map(
    ({ key, title, kind, theme, issuer, state: force, parent, ...item }, index) => {
      const id = idsOf(item).next();
      documentIds.set(key, id);
      const add = (parts: Registers['documents'][number]['provisions'], partIds: RowIds) => {
        for (const [part, ordinal, name] of parts) {
          provisions.push({ id: partIds.next(), documentId: id, kind: part, ordinal, name, cityCode, provenanceId });
        }
      };
      add(item.provisions, idsOf(item));
      add(item.laterProvisions ?? [], later);
      const parentId = parent === null ? null : (documentIds.get(parent) ?? null);
      const row = { id, title, kind, theme, issuer, state: force, parentId, ordinal: index + 1 };
      return { ...row, issuedOn: issuedOn(city, key, force), cityCode, provenanceId };
    },
  );

  const programmes = own(all.programmes).map(({ code, name, kind, level, ...item }) => {
    const id = idsOf(item).next();
    state.registers.programmes.set(code, id);
    return { id, code, name, kind, level, cityCode, provenanceId };
  });

  const events = own(all.events).map(({ kind, theme, host, heldOn, ...item }): ExperienceEventRow => {
    const quarter = Math.ceil(Number(heldOn.slice(5, 7)) / 3);
    const year = Number(heldOn.slice(0, 4));
    return {
      id: idsOf(item).next(),
      kind,
      theme,
      host,
      communityCode: null,
      heldOn,
      year,
      quarter,
      cityCode,
      provenanceId,
    };
  });

  const targets: IndicatorTargetRow[] = [];
  const reports: IndicatorReportRow[] = [];
  const indicators = own(all.indicators).map(
    ({ targets: aims, laterTargets = [], city: _city, ...item }, index): IndicatorRow => {
      const id = ids.next();
      if (item.measure?.startsWith('SCORES:')) state.registers.evaluationIndicators.push(id);
      for (const [operator, value, year] of aims) {
        targets.push({ id: ids.next(), indicatorId: id, operator, value, year, provenanceId });
      }
      for (const [operator, value, year] of laterTargets) {
        targets.push({ id: later.next(), indicatorId: id, operator, value, year, provenanceId });
      }
      if (item.reported !== null) {
        const report = { day: REPORTED_ON[city], value: item.reported, note: item.reportedNote };
        reports.push({
          id: later.next(),
          indicatorId: id,
          divisionCode: cityCode,
          ...report,
          provenanceId: provenanceIds['organizations.indicator_report'],
        });
      }
      const scope = item.scope ?? 'CITY';
      return { ...item, id, ordinal: index + 1, flagged: item.flagNote !== null, scope, cityCode, provenanceId };
    },
  );

  return {
    'organizations.division_change': city === 'hangzhou' ? knownDivisionChanges(ids) : [],
    'organizations.policy_document': documents,
    'organizations.policy_provision': provisions,
    'organizations.programme': programmes,
    'organizations.experience_event': events,
    'organizations.indicator': indicators,
    'organizations.indicator_target': targets,
    'organizations.indicator_report': reports,
  };
}

/** Under which programmes of its city a community stands, and what it scored. */
export function designate(draft: CommunityDraft): void {
  const { plan, place, state, careIds: ids } = draft;
  const { city } = state.profile;
  const random = draft.stream('designations');
  const provenanceId = provenanceIds['organizations.designation'];
  const add = (code: string, validFrom: string, phase: number | null = null, rowIds = ids): void => {
    const programmeId = state.registers.programmes.get(code);
    if (programmeId === undefined) return;
    const row: Omit<DesignationRow, keyof typeof place> = {
      id: rowIds.next(),
      programmeId,
      validFrom,
      validTo: null,
      endReason: null,
      phase,
      provenanceId,
    };
    draft.table('organizations.designation').push({ ...row, ...place });
  };
  /** What it scored under every indicator that is scored in its city, somewhere above the least. */
  const score = (least: number): void => {
    for (const indicatorId of state.registers.evaluationIndicators) {
      const scored = { indicatorId, communityCode: place.communityCode, evaluatedOn: SCORED_ON, provenanceId };
      draft
        .table('organizations.indicator_score')
        .push({ id: ids.next(), ...scored, score: least + random.below(100 - least) });
    }
  };
  if (city === 'hangzhou') {
    if (plan.ordinal % 50 === 0) add('NATIONAL_PILOT', '2016-07-01');
    if (plan.ordinal % 50 === 1) add('OBSERVATION_POINT', '2017-03-01');
    if (!plan.urban) {
      if (random.chance(0.1)) add('PASTORAL', '2017-05-01');
    } else if (state.take('international', INTERNATIONAL_HANGZHOU)) {
      add('INTERNATIONAL', '2017-01-01');
      add('INTERNATIONAL_DEMONSTRATION', '2017-01-01');
      score(70);
    }
  }
  if (city === 'sanya') {
    if (plan.ordinal === 0 || random.chance(0.6)) add('SAFE', '2016-12-01');
    if (plan.ordinal === 0 || random.chance(0.5)) add('HARMONIOUS', '2016-12-01');
  }
  if (city === 'xuzhou') {
    if (random.chance(0.96)) add('HARMONIOUS', '2018-12-01');
    const fifth = plan.ordinal % 5;
    const phase = fifth < 2 ? 1 : fifth < 4 ? 2 : 3;
    // The years are lost in the source; the order is not.
    add('GENERALIST', `202${phase}-01-01`, phase);
    if (random.chance(0.97)) add('LAWFUL_AUTONOMY', '2018-12-01');
    score(85);
  }
  if (city === 'yantai' || city === 'jiaxing') {
    const later = new RowIds(draft.stream('later-designation-ids'), plan.ordinal + 1, LATER_DESIGNATION_IDS_START);
    if (plan.ordinal === 0 || random.chance(0.5)) add('HARMONIOUS', '2016-12-01', null, later);
  }
}

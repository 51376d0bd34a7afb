import { readText } from '../../../subgraphs/kit/names/text-reading.ts';
import { Random } from '../chance/random.ts';
import { RowIds } from '../chance/row-ids.ts';
import type { CityState } from '../city-state.ts';
import { syntheticPhone } from '../identifiers/phone.ts';
import { provenanceIds } from '../provenance.ts';
import type { RowSet } from '../rows.ts';
import { SEED } from '../seed-version.ts';
import type { EngagementRole, HolderType, OrganizationKind, SubjectType } from '../vocabulary.ts';
import type { EngagementRow, FundEntryRow, FundRow, OrganizationChangeRow, OrganizationRow } from './bodies-rows.ts';

const IDS_START = (1 << 18) + (1 << 16);

/** A row of the register; what is left out is empty. */
export function organizationRow(
  id: string,
  kind: OrganizationKind,
  name: string,
  place: Pick<OrganizationRow, 'cityCode'> & Partial<OrganizationRow>,
  more: Partial<OrganizationRow> = {},
): OrganizationRow {
  const reading = readText(name);
  return {
    id,
    kind,
    name,
    namePinyin: reading.pinyin,
    nameInitials: reading.initials,
    phone: null,
    addressText: null,
    estateId: null,
    form: null,
    field: null,
    registration: null,
    structure: null,
    uscc: null,
    parentId: null,
    establishedOn: '2019-06-01',
    dissolvedOn: null,
    estateName: null,
    rating: null,
    countyCode: null,
    townshipCode: null,
    communityCode: null,
    ...place,
    ...more,
    provenanceId: provenanceIds['organizations.organization'],
  };
}

export interface EngagementDraft {
  readonly role: EngagementRole;
  readonly holder: readonly [type: HolderType, key: string, name: string];
  readonly subject: readonly [type: SubjectType, key: string];
  readonly cityCode: string;
  readonly validFrom: string;
  readonly holderPlace?: string;
  readonly validTo?: string;
  readonly endReason?: string;
}

export function engagementRow(id: string, draft: EngagementDraft): EngagementRow {
  const [holderType, holderKey, holderName] = draft.holder;
  const [subjectType, subjectKey] = draft.subject;
  return {
    id,
    role: draft.role,
    holderType,
    holderKey,
    holderName,
    holderPlace: draft.holderPlace ?? null,
    subjectType,
    subjectKey,
    validFrom: draft.validFrom,
    validTo: draft.validTo ?? null,
    endReason: draft.endReason ?? null,
    cityCode: draft.cityCode,
    provenanceId: provenanceIds['organizations.engagement'],
  };
}

/** Telephones of bodies begin behind those of the largest city's people. */
const FIRST_BODY_PHONE = 60_000_000;

/** The telephone of a body, by a number of its own; nobody can be called under it. */
export function bodyPhone(number: number): string {
  return syntheticPhone(FIRST_BODY_PHONE + number);
}

const DEPARTMENTS = ['民政局', '组织部', '政法委', '财政局', '住房城乡建设局'];

/** Bodies of the city as a whole: departments, the leading group, an incubator, firms that communities engage, funds. */
export function cityBodies(state: CityState): RowSet {
  const { city, cityCode, name } = state.profile;
  const ids = new RowIds(new Random(`${SEED}/${city}/city-bodies-ids`), 0, IDS_START);
  const organizations: OrganizationRow[] = [];
  const engagements: EngagementRow[] = [];
  const place = { cityCode };
  const add = (kind: OrganizationKind, title: string, more: Partial<OrganizationRow> = {}): string => {
    const id = ids.next();
    organizations.push(organizationRow(id, kind, title, place, { phone: bodyPhone(organizations.length), ...more }));
    return id;
  };
  const engage = (draft: Omit<EngagementDraft, 'cityCode' | 'validFrom'> & { validFrom?: string }): void => {
    engagements.push(engagementRow(ids.next(), { cityCode, validFrom: '2022-01-10', ...draft }));
  };

  const group = add('LEADING_GROUP', `${name}社区建设工作领导小组`);
  for (const title of DEPARTMENTS) {
    const id = add('GOVERNMENT_DEPARTMENT', `${name}${title}`);
    engage({ role: 'MEMBER', holder: ['ORGANIZATION', id, `${name}${title}`], subject: ['ORGANIZATION', group] });
  }
  const incubator = add('INCUBATOR', `${name}社会组织孵化基地（枢纽型服务中心）`);
  state.bodies.incubatorId = incubator;
  for (const number of [1, 2]) {
    state.bodies.lawFirms.push([add('LAW_FIRM', `示例第 ${number} 律师事务所`), `示例第 ${number} 律师事务所`]);
    const title = `示例第 ${number} 物业服务有限公司`;
    state.bodies.propertyServices.push([add('PROPERTY_SERVICE', title, { rating: 2 + number }), title]);
  }
  if (city === 'jiaxing') {
    const alliance = add('ALLIANCE', '长三角区域社会组织发展联盟');
    engage({
      role: 'MEMBER',
      holder: ['ORGANIZATION', incubator, `${name}社会组织孵化基地（枢纽型服务中心）`],
      subject: ['ORGANIZATION', alliance],
    });
    // The article names no member; where they come from is what an alliance across provinces shows.
    for (const home of ['上海市', '江苏省', '安徽省']) {
      const title = `联盟成员（${home}，名称待补）`;
      engage({
        role: 'MEMBER',
        holder: ['EXTERNAL', title, title],
        holderPlace: home,
        subject: ['ORGANIZATION', alliance],
      });
    }
  }
  if (city === 'hangzhou') hangzhouOffices(organizations, ids);
  const { funds, entries } = cityFunds(state, ids);
  // Last, so that the ids above stay what they are.
  const ratings = state.bodies.propertyServices.map(
    ([organizationId], index): OrganizationChangeRow => ({
      id: ids.next(),
      organizationId,
      item: 'RATING',
      formerValue: String(2 + index),
      value: String(3 + index),
      changedOn: '2025-12-20',
      note: '年度物业服务质量评定（示例）',
      provenanceId: provenanceIds['organizations.organization_change'],
    }),
  );
  return {
    'organizations.organization': organizations,
    'organizations.organization_change': ratings,
    'organizations.engagement': engagements,
    'organizations.fund': funds,
    'organizations.fund_entry': entries,
  };
}

/** 清波街道: five departments and one centre, whose names the article does not give; 四季青街道: run by centres. */
function hangzhouOffices(organizations: OrganizationRow[], ids: RowIds): void {
  const place = (townshipCode: string) => ({ cityCode: '3301', countyCode: townshipCode.slice(0, 6), townshipCode });
  const office = ids.next();
  organizations.push(
    organizationRow(office, 'SUBDISTRICT_OFFICE', '清波街道办事处', place('330102001'), {
      structure: 'DEPARTMENTS_AND_CENTRE',
    }),
  );
  for (const number of [1, 2, 3, 4, 5, 6]) {
    const title = number === 6 ? '中心（名称待补）' : `第 ${number} 部（名称待补）`;
    organizations.push(organizationRow(ids.next(), 'OFFICE_UNIT', title, place('330102001'), { parentId: office }));
  }
  organizations.push(
    organizationRow(ids.next(), 'SUBDISTRICT_OFFICE', '四季青街道办事处', place('330102014'), {
      structure: 'CENTRE_BASED',
    }),
  );
}

function cityFunds({ profile }: CityState, ids: RowIds): { funds: FundRow[]; entries: FundEntryRow[] } {
  const funds: FundRow[] = [];
  const entries: FundEntryRow[] = [];
  const open = (
    name: string,
    source: FundRow['source'],
    year: number,
    book: readonly (readonly [FundEntryRow['kind'], number, string])[],
  ) => {
    const id = ids.next();
    let balance = 0;
    let allotted = 0;
    book.forEach(([kind, amountYuan, purpose], index) => {
      balance += kind === 'ALLOTMENT' ? amountYuan : -amountYuan;
      if (kind === 'ALLOTMENT') allotted += amountYuan;
      entries.push({
        id: ids.next(),
        fundId: id,
        ordinal: index + 1,
        kind,
        amountYuan,
        balanceAfterYuan: balance,
        purpose,
        enteredOn: `${year}-0${2 + index}-15`,
        provenanceId: provenanceIds['organizations.fund_entry'],
      });
    });
    funds.push({
      id,
      name,
      source,
      year,
      organizationId: null,
      allottedYuan: allotted,
      spentYuan: allotted - balance,
      balanceYuan: balance,
      entryCount: book.length,
      cityCode: profile.cityCode,
      countyCode: null,
      provenanceId: provenanceIds['organizations.fund'],
    });
  };
  for (const year of [2025, 2026]) {
    open(`${profile.name}社会组织专项工作经费`, 'WORKING_BUDGET', year, [
      ['ALLOTMENT', 1_200_000, '年度预算'],
      ['SPENDING', 180_000, '社会组织培训'],
      ['SPENDING', 260_000, '孵化基地运行'],
    ]);
    open(`${profile.name}社会组织专项发展基金`, 'DEVELOPMENT_FUND', year, [
      ['ALLOTMENT', 2_000_000, '财政拨入'],
      ['SPENDING', 350_000, '社区社会组织项目'],
    ]);
  }
  return { funds, entries };
}

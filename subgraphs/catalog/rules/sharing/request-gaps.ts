import type { Caller } from '../../../kit/caller/caller.ts';
import { dateInChina } from '../../../kit/clock.ts';
import { departmentName } from '../../../kit/codes/departments.ts';
import type { Refusal } from '../../../kit/codes/refusals.ts';
import { significantCode } from '../../../kit/store/place-scope.ts';
import type { CatalogTransaction } from '../../store/department-system-rows.ts';
import type { RequestAttribute, SharingMode } from '../../store/sharing/request-rows.ts';
import { textFault } from '../matters/text-fault.ts';

/** What a department asks for; everything may be left out, so that everything that is missing can be told at once. */
export interface SharingRequestInput {
  readonly legalBasisCode?: string | null | undefined;
  readonly basisText?: string | null | undefined;
  readonly scenarioCode?: string | null | undefined;
  readonly purposeText?: string | null | undefined;
  readonly coordinates?: readonly string[] | null | undefined;
  readonly divisionCodes?: readonly string[] | null | undefined;
  readonly rowsText?: string | null | undefined;
  readonly mode?: SharingMode | null | undefined;
  readonly validFrom?: string | null | undefined;
  readonly validUntil?: string | null | undefined;
}

/** One thing that a request lacks. */
export interface Gap {
  readonly culprit: string;
  readonly messageZh: string;
  readonly messageEn: string;
}

/** What a request asks for once nothing is missing. */
export interface CompleteRequest {
  readonly providingDepartment: string;
  readonly attribute: RequestAttribute;
  readonly legalBasisCode: string;
  readonly basisText: string;
  readonly scenarioCode: string;
  readonly purposeText: string;
  readonly coordinates: readonly string[];
  readonly divisionCodes: readonly string[];
  readonly rowsText: string | null;
  readonly mode: SharingMode;
  readonly validFrom: string;
  readonly validUntil: string;
}

/** A request for more fields at once is several matters in one; it is also the most that a reviewer can weigh. */
const MAX_COORDINATES = 100;
const MAX_DIVISIONS = 50;

/**
 * Everything that a sharing request lacks, in one list: basis, scenario, scope (fields and area), mode and period; fields
 * that do not exist, are open already, are not shared, or belong to another source; an area outside of the caller's own.
 * Without gaps, the request as it will be recorded.
 */
export async function completeRequest(
  transaction: CatalogTransaction,
  caller: Caller,
  now: Date,
  input: SharingRequestInput,
): Promise<CompleteRequest | readonly Gap[]> {
  const today = dateInChina(now);
  const gaps: Gap[] = [];
  const gap = (path: string, messageZh: string, messageEn: string) => {
    gaps.push({ culprit: `input.${path}`, messageZh, messageEn });
  };
  const text = (path: 'basisText' | 'purposeText' | 'rowsText', required: boolean): string => {
    const fault: Refusal | undefined = textFault(`input.${path}`, input[path], { max: 500, required });
    if (fault !== undefined) gap(path, fault.messageZh, fault.messageEn);
    return input[path]?.trim() ?? '';
  };

  const legalBasisCode = await checkBasis(transaction, today, input.legalBasisCode, gap);
  const basisText = text('basisText', true);
  const purposeText = text('purposeText', true);
  const rowsText = text('rowsText', false) || null;
  const fields = await checkCoordinates(transaction, caller, input, gap);
  const scenarioCode = await checkScenario(transaction, caller, today, legalBasisCode, input.scenarioCode, fields, gap);
  const divisionCodes = checkDivisions(caller, input.divisionCodes ?? [], gap);
  const { mode } = input;
  if (mode == null) gap('mode', '请写明使用方式', 'state the mode of sharing');
  const validFrom = input.validFrom ?? today;
  const { validUntil } = input;
  if (validFrom < today) gap('validFrom', '使用期限不得早于今天开始', 'the period must not begin before today');
  if (validUntil == null) gap('validUntil', '请写明使用期限的截止日期', 'state the last day of the period');
  else if (validUntil < validFrom) gap('validUntil', '截止日期早于开始日期', 'the last day is before the first');

  const providers = [...new Set(fields.map(({ sourceDepartment }) => sourceDepartment))];
  if (providers.length > 1) {
    const names = providers.map((code) => departmentName(code));
    gap(
      'coordinates',
      `所申请的信息项分属 ${names.map(({ zh }) => zh).join('、')}，请分别申请`,
      `the items belong to several sources (${names.map(({ en }) => en).join(', ')}); request them one by one`,
    );
  }
  const [providingDepartment] = providers;
  if (gaps.length > 0 || providingDepartment === undefined || mode == null || validUntil == null) return gaps;
  return {
    providingDepartment,
    attribute: fields.every(({ sharing }) => sharing === 'UNCONDITIONAL') ? 'UNCONDITIONAL' : 'CONDITIONAL',
    legalBasisCode,
    basisText,
    scenarioCode,
    purposeText,
    coordinates: fields.map(({ coordinate }) => coordinate),
    divisionCodes,
    rowsText,
    mode,
    validFrom,
    validUntil,
  };
}

type TellGap = (path: string, messageZh: string, messageEn: string) => void;

async function checkBasis(
  transaction: CatalogTransaction,
  today: string,
  code: string | null | undefined,
  gap: TellGap,
): Promise<string> {
  if (!code) {
    gap('legalBasisCode', '请写明合法性基础（目录 legalBases）', 'state the legal basis (legalBases of the catalogue)');
    return '';
  }
  const row = await transaction.legalBasis.findUnique({ where: { code } });
  if (row === null || !inForce(row, today)) {
    gap('legalBasisCode', '合法性基础未登记或已停用', 'the legal basis is not registered or no longer in force');
    return '';
  }
  return code;
}

interface ScopeField {
  readonly coordinate: string;
  readonly sourceDepartment: string;
  readonly sharing: string;
  readonly requiredRight: string | null;
}

async function checkScenario(
  transaction: CatalogTransaction,
  caller: Caller,
  today: string,
  legalBasisCode: string,
  code: string | null | undefined,
  fields: readonly ScopeField[],
  gap: TellGap,
): Promise<string> {
  if (!code) {
    gap('scenarioCode', '请写明使用场景（目录 useScenarios）', 'state the scenario (useScenarios of the catalogue)');
    return '';
  }
  const row = await transaction.useScenario.findUnique({ where: { code } });
  if (row === null || !inForce(row, today)) {
    gap('scenarioCode', '使用场景未登记或已停用', 'the scenario is not registered or no longer in force');
    return code;
  }
  const { departmentCodes, legalBasisCodes, rightCodes } = row;
  if (departmentCodes.length > 0 && !departmentCodes.includes(caller.departmentCode)) {
    gap('scenarioCode', '本部门不能使用该场景', 'the scenario is not for your department');
  }
  if (legalBasisCodes.length > 0 && legalBasisCode !== '' && !legalBasisCodes.includes(legalBasisCode)) {
    gap('scenarioCode', '该场景不能以所写的合法性基础使用', 'the scenario does not go with the legal basis');
  }
  const outside = fields.filter(
    ({ requiredRight }) => requiredRight !== null && rightCodes.length > 0 && !rightCodes.includes(requiredRight),
  );
  for (const { coordinate } of outside) {
    gap('scenarioCode', `该场景不涵盖 ${coordinate}`, `the scenario does not cover ${coordinate}`);
  }
  return code;
}

async function checkCoordinates(
  transaction: CatalogTransaction,
  caller: Caller,
  { coordinates, mode }: SharingRequestInput,
  gap: TellGap,
): Promise<ScopeField[]> {
  const asked = [...new Set(coordinates ?? [])];
  if (asked.length === 0) gap('coordinates', '请写明所需信息项', 'state the items that are needed');
  if (asked.length > MAX_COORDINATES) {
    gap('coordinates', `一次最多申请 ${MAX_COORDINATES} 项`, `no more than ${MAX_COORDINATES} items in one request`);
    return [];
  }
  const rows = await transaction.dataField.findMany({
    where: { coordinate: { in: asked }, removedAt: null },
    orderBy: { coordinate: 'asc' },
  });
  const known = new Map(rows.map((row) => [row.coordinate, row]));
  return asked.flatMap((coordinate) => {
    const field = known.get(coordinate);
    // What was asked for is named back only when it is a name.
    const name = /^[A-Za-z]\w{0,79}\.\w{1,80}$/.test(coordinate) ? coordinate : '?';
    if (field === undefined) {
      gap('coordinates', `目录中没有信息项 ${name}`, `the catalogue has no item ${name}`);
      return [];
    }
    if (field.category === 'GRAPH' || field.typeName === 'Mutation') {
      gap('coordinates', `${name} 是图谱结构，不是数据`, `${name} is structure of the graph, no data`);
      return [];
    }
    if (field.sourceDepartment === caller.departmentCode) {
      gap('coordinates', `${name} 的数源就是本部门`, `your department is itself the source of ${name}`);
      return [];
    }
    if (field.sharing === 'NOT_SHARED') {
      const basis = field.sharingBasis ?? '';
      gap('coordinates', `${name} 不予共享（${basis}）`, `${name} is not shared (${basis})`);
      return [];
    }
    if (field.requiredRight === null && (mode == null || mode === 'QUERY_INTERFACE')) {
      gap('coordinates', `${name} 已可直接查询，无须申请`, `${name} can be read without a request`);
      return [];
    }
    return [field];
  });
}

function checkDivisions(caller: Caller, codes: readonly string[], gap: TellGap): string[] {
  if (codes.length === 0) gap('divisionCodes', '请写明区域范围', 'state the area');
  if (codes.length > MAX_DIVISIONS)
    gap('divisionCodes', `最多 ${MAX_DIVISIONS} 个区域`, `no more than ${MAX_DIVISIONS}`);
  return [...new Set(codes)].slice(0, MAX_DIVISIONS).flatMap((given, index) => {
    const path = `divisionCodes[${index}]`;
    const code = significantCode(given);
    if (code === undefined || code.length < 4) {
      gap(path, '应为 4 至 15 位区划或网格代码', 'expected a division or grid code of 4 to 15 digits');
      return [];
    }
    // A grant opens fields of rows that the client may see; it never opens rows of another area.
    if (!caller.jurisdiction.some((own) => code.startsWith(own))) {
      gap(path, '该区域不在本接入方辖区内', 'this area is not within the area of your client');
      return [];
    }
    return [code];
  });
}

function inForce({ effectiveFrom, effectiveTo }: { effectiveFrom: Date; effectiveTo: Date | null }, today: string) {
  const day = new Date(today);
  return effectiveFrom <= day && (effectiveTo === null || day < effectiveTo);
}

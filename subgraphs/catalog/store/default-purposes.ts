import { OWN_RECORD } from '../../kit/caller/own-record.ts';
import type { RightCode } from '../../kit/codes/rights.ts';

/**
 * 个人信息保护法第十三条第一款 — the seven grounds on which personal data may be handled, in force since 2021-11-01.
 * Only the first rests on consent. Article 45 is no ground to handle data of others: under it a person reads himself.
 */
export const defaultLegalBases = [
  ['PIPL-13-1', '第十三条第一款第(一)项', '取得个人的同意', 'consent of the person', true],
  [
    'PIPL-13-2',
    '第十三条第一款第(二)项',
    '订立、履行合同或实施人力资源管理所必需',
    'contract with the person, or staff management',
    false,
  ],
  ['PIPL-13-3', '第十三条第一款第(三)项', '履行法定职责或者法定义务所必需', 'a statutory duty or obligation', false],
  [
    'PIPL-13-4',
    '第十三条第一款第(四)项',
    '应对突发公共卫生事件或紧急情况所必需',
    'a public health event or an emergency',
    false,
  ],
  [
    'PIPL-13-5',
    '第十三条第一款第(五)项',
    '为公共利益实施新闻报道、舆论监督',
    'news reporting in the public interest',
    false,
  ],
  ['PIPL-13-6', '第十三条第一款第(六)项', '处理已合法公开的个人信息', 'data that is lawfully public', false],
  ['PIPL-13-7', '第十三条第一款第(七)项', '法律、行政法规规定的其他情形', 'other cases laid down by law', false],
  [
    'PIPL-45',
    '第四十五条',
    '个人查阅、复制本人的个人信息',
    'the person’s own right to see and copy what is held of him',
    false,
  ],
] as const;

export const LEGAL_BASES_EFFECTIVE_FROM = '2021-11-01';

interface DefaultScenario {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly legalBasisCodes: readonly string[];
  readonly departmentCodes: readonly string[];
  readonly rightCodes: readonly RightCode[];
}

const DUTY = ['PIPL-13-3'];
const DUTY_OR_CONSENT = ['PIPL-13-1', 'PIPL-13-3'];
const IDENTITY: readonly RightCode[] = ['person.identity', 'person.contact', 'household.address'];

/** The scenarios a hub starts with; a city changes and adds its own as rows. Empty lists restrict nothing. */
export const defaultScenarios: readonly DefaultScenario[] = [
  {
    code: 'service-handling',
    nameZh: '政务服务办理',
    nameEn: 'handling a public service',
    legalBasisCodes: DUTY_OR_CONSENT,
    departmentCodes: [],
    rightCodes: [],
  },
  {
    code: 'population-register',
    nameZh: '人口登记管理',
    nameEn: 'keeping the population register',
    legalBasisCodes: DUTY,
    departmentCodes: ['public-security'],
    rightCodes: [...IDENTITY, 'person.minor'],
  },
  {
    code: 'grid-visit',
    nameZh: '网格走访',
    nameEn: 'a grid worker’s visit',
    legalBasisCodes: DUTY,
    departmentCodes: [],
    rightCodes: IDENTITY,
  },
  {
    code: 'incident-handling',
    nameZh: '事件处置',
    nameEn: 'handling an incident',
    legalBasisCodes: ['PIPL-13-3', 'PIPL-13-4'],
    departmentCodes: [],
    rightCodes: ['person.identity', 'person.contact', 'household.address', 'incident.reporter'],
  },
  {
    code: 'party-affairs',
    nameZh: '党务管理',
    nameEn: 'party affairs',
    legalBasisCodes: DUTY,
    departmentCodes: ['party-organization'],
    rightCodes: ['person.identity', 'person.contact', 'party.membership'],
  },
  {
    code: 'access-audit',
    nameZh: '访问审计',
    nameEn: 'auditing who read whom',
    legalBasisCodes: DUTY,
    departmentCodes: [],
    rightCodes: ['ledger.read'],
  },
  {
    code: 'emergency-response',
    nameZh: '应急处置',
    nameEn: 'response to an emergency',
    legalBasisCodes: ['PIPL-13-3', 'PIPL-13-4'],
    departmentCodes: ['emergency', 'public-security', 'health'],
    rightCodes: IDENTITY,
  },
  {
    ...{ code: OWN_RECORD.scenario, nameZh: '本人查阅', nameEn: 'a person reads his own record' },
    legalBasisCodes: [OWN_RECORD.legalBasis],
    departmentCodes: [],
    // Of no use for anybody's data but the person's own, whatever rights the client holds.
    rightCodes: ['own.submit'],
  },
];

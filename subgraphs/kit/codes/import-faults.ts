import { fillTemplate } from './problems.ts';

/** What a code says in both languages; the text names the culprit and the way out, never a protected value. */
interface FaultText {
  readonly zh: string;
  readonly en: string;
}

/** 行级问题 — why one row of an imported file was rejected or held. */
export const rowFaults = {
  RAGGED_ROW: {
    zh: '这一行有 {found} 列，表头有 {expected} 列，请补齐或检查分隔符与引号',
    en: 'this row has {found} cells and the header {expected}; complete it, or check separators and quotes',
  },
  VALUE_MISSING: { zh: '必填项为空，请填写', en: 'a required value is empty; fill it in' },
  VALUE_TOO_LONG: { zh: '内容超过允许的长度，请核对是否串列', en: 'too long; check whether columns have shifted' },
  CONTROL_CHARACTER: {
    zh: '含有空字符或控制字符，请从源系统重新导出',
    en: 'it contains a NUL or control character; export it again from its system',
  },
  TEXT_DAMAGED: {
    zh: '含有乱码替换符，请以正确的编码重新导出',
    en: 'it contains replacement characters of an earlier wrong decoding; export it again in the right encoding',
  },
  FORMULA_REFUSED: {
    zh: '以公式符号（= + - @）开头，不予接收，请改为普通文本',
    en: 'it begins like a spreadsheet formula (= + - @) and is not taken; write plain text',
  },
  NUMBER_DAMAGED: {
    zh: '号码已被表格软件改成科学计数或补零，请将该列设为文本后重新导出',
    en: 'a spreadsheet has turned the number into floating point; make the column text and export it again',
  },
  CODE_UNKNOWN: { zh: '不在代码表“{list}”中，请按代码表填写', en: 'not in the code list {list}; use one of its codes' },
  DATE_INVALID: { zh: '日期不存在或格式无法识别，请写作 2026-06-30', en: 'no such date; write it as 2026-06-30' },
  DATE_AMBIGUOUS: {
    zh: '日期的年月日顺序不明，请写作 2026-06-30',
    en: 'day, month and year cannot be told apart; write it as 2026-06-30',
  },
  DATE_IN_FUTURE: { zh: '日期在未来，请核对', en: 'the date lies in the future; check it' },
  TIME_INVALID: {
    zh: '时间不存在或格式无法识别，请写作 2026-06-30 08:15:00',
    en: 'no such time; write it as 2026-06-30 08:15:00',
  },
  REFERENCE_CODE_INVALID: {
    zh: '编号中有不允许的字符，只可有文字、数字与 - _ / .',
    en: 'the number has characters that none may have; letters, digits and - _ / . are taken',
  },
  TITLE_INVALID: {
    zh: '标题应为 2 至 {max} 个字符，不含换行与不可见字符，请改写',
    en: 'a title has 2 to {max} characters, no line ends and none that cannot be seen; write it anew',
  },
  PERSONAL_NUMBER_IN_TEXT: {
    zh: '其中似有公民身份号码或电话号码，请删去',
    en: 'it seems to hold a citizen or telephone number; take it out',
  },
  PLACE_TAKEN: {
    zh: '该网格或微网格已有同类党组织，暂缓；请核对编码',
    en: 'the grid or micro-grid has an organization of this kind already, so the row is held; check its code',
  },
  PLACE_UNFIT_FOR_KIND: {
    zh: '所在代码与类型不符：网格党支部填 15 位网格代码，微网格党小组填 18 位微网格代码，其他填至多 15 位',
    en: 'the place does not fit the kind: a grid branch has a grid of 15 digits, a micro-grid group one of 18, others at most 15',
  },
  GROUP_HAS_NO_TERM: {
    zh: '党小组没有届期，请清空届满日期',
    en: 'a group has no term; clear the day on which it ends',
  },
  HOLDS_NO_MEMBERS: {
    zh: '党员属于支部：党委与党小组不直接接收党员，请填写所在支部的编码',
    en: 'members belong to a branch, not to a committee or a group; state the branch’s code',
  },
  CLOSING_CONTRADICTS: {
    zh: '已结案的须填写结案时间，未结案的不得填写，请核对状态与时间',
    en: 'a closed case has a time of closing and an open one has none; check state and time',
  },
  CITIZEN_ID_INVALID: {
    zh: '公民身份号码不合法（第 {position} 位）：{reasonZh}',
    en: 'not a valid citizen number (at character {position}): {reasonEn}',
  },
  PHONE_INVALID: { zh: '电话号码格式不符，请核对', en: 'not a telephone number; check it' },
  NAME_INVALID: { zh: '姓名中有不允许的字符，请核对', en: 'the name has characters that no name has; check it' },
  PLACE_CODE_INVALID: { zh: '区划或网格代码的位数不符', en: 'a code of a place with the wrong number of digits' },
  PLACE_UNKNOWN: {
    zh: '组织域中没有这个区划或网格，请先登记或核对代码',
    en: 'the territory has no such place; register it first, or check the code',
  },
  OUTSIDE_AREA: { zh: '不在本接入方的管辖范围内', en: 'it lies outside of this client’s area' },
  REFERENCE_UNKNOWN: {
    zh: '所引用的{what}不存在，请先导入',
    en: 'the {what} that it refers to does not exist; import that first',
  },
  IDENTITY_MERGED: {
    zh: '该号码的记录已归并到另一条，暂缓；请以保留的记录报送，或先拆分',
    en: 'the record of this number was merged into another, so the row is held; state the one that goes on, or split them',
  },
  REFERENCE_AMBIGUOUS: {
    zh: '所引用的{what}不止一个，无法确定是哪一个，暂缓',
    en: 'there is more than one {what} that it may refer to, so the row is held',
  },
  USCC_INVALID: {
    zh: '统一社会信用代码不合法（第 {position} 位）：{reasonZh}',
    en: 'not a valid unified social credit code (at character {position}): {reasonEn}',
  },
  SOCIAL_ORGANIZATION_INCOMPLETE: {
    zh: '社会组织须同时填写形式、领域与登记方式',
    en: 'a social organization states its form, its field and how it is registered',
  },
  NOT_A_SOCIAL_ORGANIZATION: {
    zh: '只有社会组织才填写形式、领域与登记方式，请清空或核对类型',
    en: 'only a social organization has a form, a field and a registration; clear them, or check the kind',
  },
  REFERS_TO_ITSELF: { zh: '不能以自己为上级，请核对', en: 'it cannot be its own parent; check it' },
  REFERENCE_CIRCLE: {
    zh: '逐级往上又回到自己，请核对本文件与已登记的上级',
    en: 'what is above it leads back to itself; check who is above whom, in this file and on record',
  },
  PERIOD_REVERSED: { zh: '结束日期早于开始日期，请核对', en: 'it ends before it begins; check both dates' },
  BIRTH_DATE_CONTRADICTS: {
    zh: '出生日期与公民身份号码不一致，请核对两者',
    en: 'the date of birth contradicts the citizen number; check both',
  },
  SEX_CONTRADICTS: {
    zh: '性别与公民身份号码不一致，请核对两者',
    en: 'the sex contradicts the citizen number; check both',
  },
  VALUES_TOGETHER: {
    zh: '“{first}”与“{second}”须同时填写',
    en: '{firstKey} and {secondKey} go together; fill in both or neither',
  },
  REPEATED_DIFFERENTLY: {
    zh: '同一对象在文件中出现多次且内容不同，均暂缓；请只保留正确的一行',
    en: 'the file states this twice and differently, so none of them is taken; keep the right row only',
  },
  REPEATED_EQUALLY: {
    zh: '与前面一行完全相同，不再处理',
    en: 'an earlier row says the very same; not taken twice',
  },
  NEW_INCOMPLETE: {
    zh: '尚未登记，而本行缺少登记所需的内容，请补齐',
    en: 'not registered yet, and this row lacks what registering needs; complete it',
  },
  SOURCE_DIFFERS: {
    zh: '与数源部门的值不同，未覆盖，已记为冲突待核',
    en: 'it differs from what the source department says; nothing was overwritten, the conflict is on record',
  },
  RECORDED_ELSEWHERE: {
    zh: '该项须按专门程序变更（居住地按居住登记），本数据集不予改动，已记为冲突待核',
    en: 'it changes by a procedure of its own (where somebody lives: by a residence with dwelling and day), not here; the conflict is on record',
  },
} as const satisfies Record<string, FaultText>;

export type RowFaultCode = keyof typeof rowFaults;

/** 文件级问题 — why a batch as a whole was refused or is gone. Nothing of it was written. */
export const fileFaults = {
  DATASET_UNKNOWN: { zh: '没有数据集“{dataset}”；可导入：{known}', en: 'no dataset {dataset}; there are {known}' },
  FORMAT_UNKNOWN: {
    zh: '无法识别文件格式，请以 text/csv、application/x-ndjson 或 xlsx 的媒体类型发送',
    en: 'unknown format; send text/csv, application/x-ndjson or the media type of xlsx',
  },
  OPTION_INVALID: {
    zh: '参数 {option} 无效：应为{expected}',
    en: 'the option {option} is invalid: {expected} is expected',
  },
  ENCODING_UNKNOWN: {
    zh: '既不是 UTF-8 也不是 GB18030（第 {line} 行附近），请以其中一种编码保存',
    en: 'neither UTF-8 nor GB18030 (near line {line}); save it in one of them',
  },
  ENCODING_MISMATCH: {
    zh: '内容与声明的编码 {encoding} 不符（第 {line} 行附近）',
    en: 'it is not in the encoding that it states, {encoding} (near line {line})',
  },
  ENCODING_REFUSED: {
    zh: '文件为 UTF-16 或 UTF-32，请另存为 UTF-8 或 GB18030',
    en: 'the file is in UTF-16 or UTF-32; save it as UTF-8 or GB18030',
  },
  COMPRESSION_DAMAGED: { zh: '压缩包已损坏或不完整', en: 'the compressed file is damaged or cut off' },
  COMPRESSION_BOMB: {
    zh: '解压后体积异常（超过 {max}），不予接收',
    en: 'it unpacks to far too much (over {max}) and is not taken',
  },
  COMPRESSION_UNKNOWN: { zh: '不支持的压缩方式，请用 gzip 或不压缩', en: 'unknown compression; use gzip or none' },
  FILE_EMPTY: { zh: '文件为空', en: 'the file is empty' },
  FILE_TOO_LARGE: { zh: '文件超过 {max}，请分批发送', en: 'the file is larger than {max}; send it in parts' },
  NO_ROWS: { zh: '只有表头，没有数据行', en: 'there is a header and no row' },
  HEADER_MISSING: {
    zh: '第一行不是表头：没有识别出任何列名，请运行 --describe 查看列名',
    en: 'the first row is no header: none of its names is known; run --describe to see them',
  },
  COLUMN_UNKNOWN: {
    zh: '表头中有不认识的列：{columns}；请运行 --describe 查看列名',
    en: 'the header has unknown columns: {columns}; run --describe to see the names',
  },
  COLUMN_REPEATED: { zh: '表头中列“{column}”出现多次', en: 'the header names the column {column} twice' },
  COLUMN_MISSING: { zh: '表头中缺少必需的列：{columns}', en: 'the header lacks required columns: {columns}' },
  LINE_TOO_LONG: {
    zh: '第 {line} 行超过 {max} 字节，请检查引号是否配对、换行是否丢失',
    en: 'line {line} is longer than {max} bytes; check for an open quote or missing line ends',
  },
  QUOTE_OPEN: { zh: '第 {line} 行的引号未闭合', en: 'a quote that is opened in line {line} is never closed' },
  QUOTE_INVALID: { zh: '第 {line} 行的引号使用不合法', en: 'line {line} has a quote where none may be' },
  JSON_INVALID: { zh: '第 {line} 行不是一个 JSON 对象', en: 'line {line} is not one JSON object' },
  JSON_KEY_REPEATED: {
    zh: '第 {line} 行的键“{key}”出现多次，无法判断以哪个为准',
    en: 'line {line} has the key {key} twice, and nobody can tell which of them counts',
  },
  XLSX_DAMAGED: { zh: 'XLSX 文件已损坏：{part}', en: 'the XLSX file is damaged: {part}' },
  XLSX_REFUSED: {
    zh: 'XLSX 文件含有宏、外部实体或已加密，不予接收',
    en: 'the XLSX file has macros or entities or is encrypted, and is not taken',
  },
  UPLOAD_CUT_OFF: {
    zh: '上传中断，未写入任何内容，请重新发送',
    en: 'the upload was cut off; nothing was written, send it again',
  },
  HUB_ENDED: {
    zh: '枢纽在接收期间中止，未写入任何内容，请重新发送',
    en: 'the hub ended while it received the batch; nothing was written, send it again',
  },
  ROW_REJECTED: {
    zh: '按“全有或全无”策略，因 {rejected} 行不合格而整批拒收',
    en: 'all or nothing was asked for, and {rejected} rows were rejected',
  },
  ERROR_RATE_EXCEEDED: {
    zh: '不合格率超过上限 {max}（{rejected} / {rows} 行），整批拒收',
    en: 'more rows than {max} were rejected ({rejected} of {rows}), so the whole batch was',
  },
  IDEMPOTENCY_KEY_INVALID: {
    zh: '幂等键须为 8 到 128 个可打印字符',
    en: 'an idempotency key has 8 to 128 printable characters',
  },
  IDEMPOTENCY_KEY_REUSED: {
    zh: '这个幂等键已用于另一个文件，请换一个',
    en: 'this idempotency key was used for another file; choose a new one',
  },
  MAPPING_UNKNOWN: {
    zh: '系统“{system}”没有数据集“{dataset}”的映射，或它不属于本部门；请先登记',
    en: 'the system {system} has no mapping for {dataset}, or is another department’s; store one first',
  },
  MAPPING_COLUMN_MISSING: {
    zh: '来源缺少映射所需的列“{column}”，请核对导出或更新映射',
    en: 'the source lacks the column {column} that the mapping reads; check the export, or store a new mapping',
  },
  MAPPING_COLUMN_UNKNOWN: {
    zh: '来源有映射未提到的列：{columns}；请补入映射，或写明 ignoreOthers',
    en: 'the source has columns that the mapping does not name: {columns}; add them, or say ignoreOthers',
  },
  ENVELOPE_REFUSED: {
    zh: '来源系统返回失败（{status}）：{message}',
    en: 'the system itself reports a failure ({status}): {message}',
  },
  ENVELOPE_ROWS_MISSING: {
    zh: '报文中“{path}”处不是数据行的列表，请核对映射的 envelope',
    en: 'there is no list of rows at {path} of the answer; check the mapping’s envelope',
  },
  SOURCE_MISSING: {
    zh: '映射没有写明从哪里拉取（source），请上传文件或更新映射',
    en: 'the mapping names no source to pull from; send a file, or store a new mapping',
  },
  CONNECTION_UNKNOWN: {
    zh: '运行环境没有连接“{connection}”：请运维设置 {variable}',
    en: 'the hub has no connection {connection}: the operators set {variable}',
  },
  SOURCE_FAILED: {
    zh: '来源系统未能提供数据（{reason}），未写入任何内容，请与其联系后重试',
    en: 'the source could not give its rows ({reason}); nothing was written. Ask its keepers, then try again',
  },
  SOURCE_BUSY: {
    zh: '这个系统正在被拉取，请稍后再试',
    en: 'this system is being pulled already; try again later',
  },
  SUBGRAPH_SILENT: {
    zh: '子图“{subgraph}”暂时不可用，无法核对文件所引用的内容，未写入任何内容，请稍后重新发送',
    en: 'the subgraph {subgraph} does not answer, so what the file refers to cannot be checked; nothing was written, send it again later',
  },
  BATCH_UNKNOWN: {
    zh: '没有这个批次，或它不属于本部门',
    en: 'there is no such batch, or it is another department’s',
  },
  UNEXPECTED: {
    zh: '内部错误，未写入任何内容，请重试；仍失败请联系平台运维',
    en: 'an internal error; nothing was written. Try again, then tell the operators',
  },
} as const satisfies Record<string, FaultText>;

export type FileFaultCode = keyof typeof fileFaults;
export type FaultValues = Readonly<Record<string, string | number>>;

/** A fault of a batch as a whole; whoever receives it writes the receipt. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  readonly code: FileFaultCode;
  readonly values: FaultValues;

  constructor(code: FileFaultCode, values: FaultValues = {}, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.values = values;
  }
}

export function fileFaultText(code: FileFaultCode, values: FaultValues): FaultText {
  return fill(fileFaults[code], values);
}

export function rowFaultText(code: RowFaultCode, values: FaultValues): FaultText {
  return fill(rowFaults[code], values);
}

export function isRowFaultCode(code: string): code is RowFaultCode {
  return Object.hasOwn(rowFaults, code);
}

export function isFileFaultCode(code: string): code is FileFaultCode {
  return Object.hasOwn(fileFaults, code);
}

function fill({ zh, en }: FaultText, values: FaultValues): FaultText {
  return { zh: fillTemplate(zh, { ...values }), en: fillTemplate(en, { ...values }) };
}

import type { RefusalText } from './refusal-text.ts';

/** 目录拒绝 — refusals of the catalog subgraph. */
export const catalogRefusals = {
  SYSTEM_CODE_INVALID: {
    family: 'InvalidInput',
    zh: '系统代码须为 3 到 64 个小写字母、数字或连字符',
    en: 'a system code has 3 to 64 lower-case letters, digits or hyphens',
  },
  SYSTEM_CODE_TAKEN: {
    family: 'Conflict',
    zh: '系统代码已被登记，请换一个',
    en: 'this system code is already registered; choose another',
  },
  SYSTEM_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有登记这个系统，请核对系统代码',
    en: 'no such system is registered; check its code',
  },
  SYSTEM_NOT_YOURS: {
    family: 'Conflict',
    zh: '该系统属于其他部门：请由其部门或数据局登记',
    en: 'the system is another department’s; that department, or the data authority, stores its mappings',
  },
  DATASET_UNKNOWN: { family: 'NotFound', zh: '没有这个数据集；有：{known}', en: 'no such dataset; there are {known}' },
  MAPPING_INVALID: {
    family: 'InvalidInput',
    zh: '映射文件不成立（{path}）：{reasonZh}',
    en: 'the mapping does not hold (at {path}): {reasonEn}',
  },
  SOURCE_CLIENT_REQUIRED: {
    family: 'InvalidInput',
    zh: '定时拉取须指明以哪个接入方的名义',
    en: 'what is fetched by schedule names the client as which it is fetched',
  },
  SYSTEM_PARENT_NOT_ABOVE: {
    family: 'Conflict',
    zh: '上级须比本系统高一层（云、平台、系统、板块），请换一个上级',
    en: 'a parent stands above its child (cloud, platform, system, module); choose another',
  },
  DATASET_NOT_OF_DEPARTMENT: {
    family: 'Conflict',
    zh: '该类型没有以{department}为数源的信息项，请核对类型名',
    en: 'no field of this type has the system’s department as its source; check the type',
  },
  DATASET_HAS_SOURCE: {
    family: 'Conflict',
    zh: '一数一源：该类型已由本部门的另一系统提供，请由原系统上报',
    en: 'one source per item: another system of the department gives this type already; let that one report',
  },
  ROW_COUNT_INVALID: {
    family: 'InvalidInput',
    zh: '数据量须为不小于 0 的整数',
    en: 'a count of rows is an integer of 0 or more',
  },
  SCENARIO_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这个应用场景，请核对场景代码',
    en: 'no such scenario; check its code',
  },
  OPERATION_DOCUMENT_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有所列的操作文档，请核对名称',
    en: 'one of the operation documents does not exist; check the names',
  },
  WEBHOOK_URL_INVALID: {
    family: 'InvalidInput',
    zh: '推送地址须为不超过 500 个字符的 https 网址，不含账号与片段',
    en: 'the address of a webhook is an https URL of at most 500 characters, without credentials or a fragment',
  },
  WEBHOOK_URL_NOT_HTTPS: {
    family: 'InvalidInput',
    zh: '推送地址须用 https；内网主机可请运维列入 YIYUN_WEBHOOK_HOSTS',
    en: 'the address of a webhook must be https; operators may list a host of the own network in YIYUN_WEBHOOK_HOSTS',
  },
  WEBHOOK_URL_PRIVATE: {
    family: 'InvalidInput',
    zh: '推送地址指向内部网络，不能登记；确需使用请运维列入 YIYUN_WEBHOOK_HOSTS',
    en: 'the address of a webhook lies in a private network; operators may list its host in YIYUN_WEBHOOK_HOSTS',
  },
  WEBHOOK_FILTER_INVALID: {
    family: 'InvalidInput',
    zh: '筛选条件格式不对：类型如 Incident、incident.advanced，区划代码为 4、6、9、12 或 15 位，各至多 200 个',
    en: 'a filter is malformed: types like Incident or incident.advanced, area codes of 4, 6, 9, 12 or 15 digits, 200 of each at most',
  },
  WEBHOOK_CLIENT_WITHOUT_AREA: {
    family: 'Conflict',
    zh: '只有辖区固定的接入方可以登记推送，请用系统令牌登记',
    en: 'only a client with an area of its own can be told of changes; use the token of a system',
  },
  WEBHOOKS_TOO_MANY: {
    family: 'Conflict',
    zh: '每个接入方至多登记 {max} 个推送，请停用并复用已有的',
    en: 'a client has {max} webhooks at most; use one that is there',
  },
  WEBHOOK_NOT_FOUND: {
    family: 'NotFound',
    zh: '本接入方没有这个推送，请核对编号',
    en: 'this client has no such webhook; check its id',
  },
  WEBHOOK_DISABLED: {
    family: 'Conflict',
    zh: '这个推送已停用，请先启用（switchWebhook）再补发',
    en: 'this webhook is disabled; switch it on first (switchWebhook), then have its dead letters sent again',
  },
  DEAD_LETTER_NOT_FOUND: {
    family: 'NotFound',
    zh: '这个推送没有这些待补发的死信：可能编号有误，或已补发',
    en: 'this webhook has no such dead letters; check their ids, they may have been sent again already',
  },
  EXPORT_DOCUMENT: {
    family: 'InvalidInput',
    zh: '请填写不超过 10000 个字符的查询',
    en: 'give a query of at most 10000 characters',
  },
  EXPORT_VARIABLES: {
    family: 'InvalidInput',
    zh: '变量须为一个 JSON 对象',
    en: 'variables are one JSON object',
  },
  EXPORT_CLIENT_WITHOUT_AREA: {
    family: 'Conflict',
    zh: '只有辖区固定的接入方可以批量导出，请用系统令牌申请',
    en: 'only a client with an area of its own can have lists exported; use the token of a system',
  },
  EXPORTS_TOO_MANY: {
    family: 'Conflict',
    zh: '已有 {max} 个导出未完成，请待其完成后再申请',
    en: '{max} exports are not done yet; ask again when one is',
  },
  CLIENT_ID_INVALID: {
    family: 'InvalidInput',
    zh: '接入方代码须为 3 到 64 个小写字母、数字或连字符',
    en: 'the id of a client has 3 to 64 lower-case letters, digits or hyphens',
  },
  CLIENT_ID_TAKEN: {
    family: 'Conflict',
    zh: '接入方代码已被登记，请换一个',
    en: 'this client id is already registered; choose another',
  },
  CLIENT_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有登记这个接入方，请核对代码',
    en: 'no such client is registered; check its id',
  },
  CLIENT_DISABLED: {
    family: 'Conflict',
    zh: '接入方已停用，请先启用',
    en: 'the client is disabled; enable it first',
  },
  SCENARIO_NOT_IN_FORCE: {
    family: 'InvalidInput',
    zh: '其中有未登记或已停用的使用场景，请从目录的 useScenarios 中选取',
    en: 'one of these scenarios is not registered or no longer in force; choose from the catalogue’s useScenarios',
  },
  CLIENT_IS_CALLER: {
    family: 'Conflict',
    zh: '不能变更自己的接入方，请由另一位数据专员办理',
    en: 'a client does not change itself; let another steward do it',
  },
  CLIENT_UNCHANGED: {
    family: 'Conflict',
    zh: '所给各项与现状相同，没有可变更的内容',
    en: 'everything given is as it already stands; there is nothing to change',
  },
  CLIENT_HAS_NO_SECRETS: {
    family: 'Conflict',
    zh: '该接入方由人登录（授权码与 PKCE），不使用密钥',
    en: 'people log in at this client (authorization code with PKCE); it uses no secret',
  },
  CLIENT_SECRETS_TWO: {
    family: 'Conflict',
    zh: '已有两个有效密钥，请先撤销其中一个',
    en: 'two secrets are live already; revoke one of them first',
  },
  CLIENT_SECRET_NOT_FOUND: {
    family: 'NotFound',
    zh: '该接入方没有这个有效密钥，请核对密钥编号',
    en: 'the client has no such live secret; check the id of the secret',
  },
  SECRET_DAYS_INVALID: {
    family: 'InvalidInput',
    zh: '密钥有效期须为 1 到 {max} 天',
    en: 'a secret is valid for 1 to {max} days',
  },
  JURISDICTION_INVALID: {
    family: 'InvalidInput',
    zh: '辖区须为 4、6、9、12 或 15 位区划或网格代码，最多 {max} 个',
    en: 'an area is a division or grid code of 4, 6, 9, 12 or 15 digits, at most {max} of them',
  },
  RIGHT_UNKNOWN: {
    family: 'InvalidInput',
    zh: '权限代码未登记，请从权限清单中选择',
    en: 'unknown right; choose from the listed rights',
  },
  COST_BUDGET_INVALID: {
    family: 'InvalidInput',
    zh: '每分钟代价额度须为 1 到 {max}',
    en: 'a budget of cost points per minute lies between 1 and {max}',
  },
  REDIRECT_URI_INVALID: {
    family: 'InvalidInput',
    zh: '回调地址须为 https 地址，或本机回环 http 地址，不含片段',
    en: 'a redirect address is https, or http on the loopback, without a fragment',
  },
  TRUSTED_DOCUMENT_INVALID: {
    family: 'InvalidInput',
    zh: '受信操作须为语法正确的 GraphQL 文档，每次 1 到 {max} 个',
    en: 'a trusted operation is a GraphQL document without syntax errors, 1 to {max} at a time',
  },
  MANIFEST_LABEL_INVALID: {
    family: 'InvalidInput',
    zh: '场景与版本须一并给出：场景为 2 到 64 个小写字母、数字或连字符，版本为 1 到 64 个字母、数字或 . _ + -',
    en: 'give scenario and version together: a scenario is 2 to 64 lower-case letters, digits or hyphens, a version 1 to 64 letters, digits or . _ + -',
  },
  MANIFEST_VERSION_TAKEN: {
    family: 'Conflict',
    zh: '场景 {scenario} 的版本 {version} 已登记，其文档不再变更、停用后不再恢复：请用新的版本号登记',
    en: 'version {version} of {scenario} is registered and never changes or comes back; register these documents under a new version',
  },
  MANIFEST_NOT_FOUND: {
    family: 'NotFound',
    zh: '接入方没有登记场景 {scenario} 的版本 {version}，请用 operationManifests 查看已登记的版本',
    en: 'the client has registered no version {version} of {scenario}; operationManifests lists those it has',
  },
  MANIFEST_RETIRED: {
    family: 'Conflict',
    zh: '场景 {scenario} 的版本 {version} 已停用',
    en: 'version {version} of {scenario} has been retired already',
  },
  DEPARTMENT_UNKNOWN: {
    family: 'InvalidInput',
    zh: '部门代码未登记，请从部门清单中选择',
    en: 'unknown department code; choose one of the listed departments',
  },
  INPUT_MISSING: {
    family: 'InvalidInput',
    zh: '缺少这一项，请补充',
    en: 'this is missing; give it',
  },
  CATALOGUE_ITEM_UNKNOWN: {
    family: 'NotFound',
    zh: '目录中没有这个信息项，请从 dataFields 中选择',
    en: 'no such item in the catalogue; choose one of dataFields',
  },
  CATALOGUE_COORDINATE_INVALID: {
    family: 'InvalidInput',
    zh: '信息项坐标应为 类型名.字段名，如 Person.name',
    en: 'an item is named Type.field, such as Person.name',
  },
  STATE_SECRET_REFUSED: {
    family: 'InvalidInput',
    zh: '国家秘密、工作秘密不属于政务数据，不得编入目录（条例第三条）',
    en: 'state and work secrets are no government data and are not catalogued (decree 809, art. 3)',
  },
  NOT_SHARED_NEEDS_BASIS: {
    family: 'InvalidInput',
    zh: '不予共享须写明法律、行政法规或国务院决定的依据',
    en: 'an item is only kept from sharing on a ground of law or a State Council decision; state it',
  },
  BASIS_ONLY_FOR_NOT_SHARED: {
    family: 'InvalidInput',
    zh: '有条件共享、不予共享以外不得附加依据或条件',
    en: 'no ground or condition may be added to an item that is shared unconditionally',
  },
  SECOND_COLLECTOR: {
    family: 'Conflict',
    zh: '一数一源：{coordinate} 已由{sourceZh}采集，请向其申请共享；确需重复采集的，以 SECOND_COLLECTOR 送审并写明例外依据',
    en: 'one source per item: {coordinate} is collected by the {sourceEn}; request sharing there, or submit as SECOND_COLLECTOR with the ground of the exception',
  },
  ITEM_HAS_NO_SOURCE: {
    family: 'Conflict',
    zh: '该信息项尚无数源部门，请以 REGISTER 登记',
    en: 'the item has no source yet; submit it as REGISTER',
  },
  NOT_THE_SOURCE: {
    family: 'Conflict',
    zh: '只有数源部门（{sourceZh}）可以变更该目录条目',
    en: 'only the source of the item, the {sourceEn}, may change its entry',
  },
  SOURCE_SUBMITS_CHANGES: {
    family: 'Conflict',
    zh: '本部门已是该信息项的数源部门，请以 CHANGE 送审',
    en: 'your department is already the source of the item; submit it as CHANGE',
  },
  GRADE_INVALID: { family: 'InvalidInput', zh: '数据分级为 1 到 4', en: 'a grade is 1 to 4' },
  SUBMISSION_OPEN: {
    family: 'Conflict',
    zh: '本部门对该信息项已有一份在审的送审单',
    en: 'a submission of your department for this item is already under way',
  },
  EXCEPTION_RECORDED: {
    family: 'Conflict',
    zh: '本部门对该信息项的重复采集例外已经登记',
    en: 'the exception of your department to collect this item, too, is on record already',
  },
  SUBMISSION_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这份送审单，或与本部门无关',
    en: 'no such submission in which your department has a part',
  },
  CATALOGUE_CHANGED_SINCE: {
    family: 'Conflict',
    zh: '送审后该信息项的数源已变，请退回修改',
    en: 'the source of the item has changed since the submission; return it',
  },
  REQUEST_INCOMPLETE: {
    family: 'Incomplete',
    zh: '共享申请有 {count} 处须补正，已一次性列出',
    en: 'the request lacks {count} things; all of them are listed',
  },
  REQUEST_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这份共享申请，或与本部门无关',
    en: 'no such sharing request in which your department has a part',
  },
  GRANT_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这项共享授权，或与本部门无关',
    en: 'no such grant in which your department has a part',
  },
  GRANT_ALREADY_ENDED: {
    family: 'Conflict',
    zh: '该授权已终止、到期或已发出终止告知',
    en: 'the grant has ended, has expired, or notice of its end was already given',
  },
  GRANT_PERIOD_OVER: {
    family: 'Conflict',
    zh: '申请的使用期限已过，无法授权，请重新申请',
    en: 'the period of the request is over; request it anew',
  },
  CLIENT_GONE: {
    family: 'Conflict',
    zh: '申请时的接入方已停用，无法授权',
    en: 'the client that asked is no longer registered',
  },
  TICKET_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这份校核申请，或与本部门无关',
    en: 'no such verification ticket in which your department has a part',
  },
  OBJECT_UNKNOWN: {
    family: 'NotFound',
    zh: '本辖区没有这个对象，请核对编号',
    en: 'no such thing in the area of this caller; check its id',
  },
  ENTITY_ID_INVALID: {
    family: 'InvalidInput',
    zh: '应给出有该信息项的对象的全局编号',
    en: 'give the global id of a thing that has this item',
  },
  SOURCE_ASKS_ITSELF: {
    family: 'Conflict',
    zh: '本部门就是数源部门，请直接更正',
    en: 'your department is the source itself; correct it there',
  },
  CALENDAR_YEAR_INVALID: {
    family: 'InvalidInput',
    zh: '工作日历不成立：{reasonZh}',
    en: 'this is no working calendar: {reasonEn}',
  },
} as const satisfies Record<string, RefusalText>;

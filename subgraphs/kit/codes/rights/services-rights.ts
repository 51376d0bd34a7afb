import type { RightText } from './right-text.ts';

/** 服务权限 — rights that the services subgraph's cards demand. */
export const servicesRights = {
  'incident.reporter': { zh: '事件上报人', en: 'who reported an incident' },
  'incident.write': { zh: '上报事件', en: 'report incidents' },
  'incident.handle': { zh: '受理、交办、核查事件', en: 'accept, dispatch, verify and close incidents' },
  'incident.supervise': { zh: '督办与审批延期', en: 'supervise incidents and answer requests for extension' },
  'incident.dispose': { zh: '承办事件', en: 'handle the incidents of the own department' },
  'vision.ingest': { zh: '接入视频识别', en: 'bring in what cameras recognise' },
  'inspection.plan': { zh: '计划检查', en: 'plan inspections' },
  'mediation.write': { zh: '办理人民调解', en: 'hold mediations' },
  'deliberation.write': { zh: '组织社区协商', en: 'run deliberations, disclose, file covenants' },
  'ballot.cast': { zh: '代投票人投票', en: 'cast the ballots of voters' },
  'service.applicant': { zh: '办件申请人与证明对象', en: 'who asked for a service or is certified' },
  'service-guide.write': { zh: '发布办事指南', en: 'publish the guides of the own department’s items' },
  'service-request.intake': {
    zh: '受理窗口：预受理、收件、代办',
    en: 'take in requests: pre-accept, submit, act as agent',
  },
  'service-request.handle': { zh: '审批办理政务服务', en: 'accept, transfer and complete requests' },
  'certificate.issue': { zh: '出具证明', en: 'issue certificates' },
  'certificate.list': { zh: '维护证明事项清单', en: 'keep the list of certificates' },
  'volunteer.record': { zh: '组织与记录志愿服务', en: 'run and record volunteering' },
  'volunteer.certify': { zh: '认定志愿服务时长', en: 'certify volunteering' },
  'facility.write': { zh: '登记与管理设施', en: 'register facilities and run them' },
  'facility.assess': { zh: '评估设施', en: 'assess facilities against standards' },
  'facility.book': { zh: '预约设施', en: 'book facilities' },
  'facility.booker': { zh: '设施预约人', en: 'who booked a facility' },
  'device.report': { zh: '接入小区设备与出入记录', en: 'bring in devices of estates and passages' },
  'entry.read': { zh: '小区出入记录', en: 'who passed the gates of estates' },
} as const satisfies Record<string, RightText>;

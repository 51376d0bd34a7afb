import type { DepartmentCode } from '../../../subgraphs/kit/codes/departments.ts';
import type { IncidentCategory } from '../vocabulary.ts';

/** A title, who handles such an incident, and where it can happen when not everywhere. */
export type IncidentTitle = readonly [title: string, department: DepartmentCode, where?: 'TOWN' | 'COUNTRYSIDE'];

/** What an incident of a category may be called. No title names a person. */
export interface IncidentKind {
  readonly category: IncidentCategory;
  readonly weight: number;
  readonly titles: readonly IncidentTitle[];
}

export const incidentKinds: readonly IncidentKind[] = [
  {
    category: 'HAZARD',
    weight: 24,
    titles: [
      ['楼道堆放杂物堵塞消防通道', 'subdistrict', 'TOWN'],
      ['电动车在楼道内充电', 'subdistrict', 'TOWN'],
      ['消防栓无水', 'emergency', 'TOWN'],
      ['外墙瓷砖松动', 'housing', 'TOWN'],
      ['燃气软管老化', 'housing'],
      ['窨井盖破损', 'urban-management'],
      ['沿街店铺违规使用瓶装燃气', 'emergency'],
      ['私拉电线', 'subdistrict'],
      ['出租房消防设施缺失', 'emergency'],
      ['河塘缺少防护栏', 'subdistrict', 'COUNTRYSIDE'],
      ['老旧农房墙体开裂', 'housing', 'COUNTRYSIDE'],
    ],
  },
  {
    category: 'DISPUTE',
    weight: 9,
    titles: [
      ['邻里漏水纠纷', 'justice', 'TOWN'],
      ['物业服务费纠纷', 'housing', 'TOWN'],
      ['停车位占用纠纷', 'community', 'TOWN'],
      ['宅基地边界纠纷', 'natural-resources', 'COUNTRYSIDE'],
      ['土地流转费用纠纷', 'agriculture', 'COUNTRYSIDE'],
      ['房屋租赁押金纠纷', 'justice'],
      ['家庭赡养纠纷', 'justice'],
      ['装修扰民纠纷', 'community'],
      ['拖欠工资纠纷', 'human-resources'],
    ],
  },
  {
    category: 'ENVIRONMENT',
    weight: 22,
    titles: [
      ['垃圾清运不及时', 'urban-management'],
      ['建筑垃圾乱堆放', 'urban-management'],
      ['河道漂浮物', 'subdistrict'],
      ['绿化带毁绿种菜', 'urban-management', 'TOWN'],
      ['油烟直排', 'urban-management', 'TOWN'],
      ['垃圾分类投放点脏乱', 'urban-management'],
      ['秸秆露天焚烧', 'agriculture', 'COUNTRYSIDE'],
      ['畜禽粪污外排', 'agriculture', 'COUNTRYSIDE'],
      ['污水管网外溢', 'housing'],
    ],
  },
  {
    category: 'CONSULTATION',
    weight: 13,
    titles: [
      ['咨询居住证办理', 'public-security'],
      ['咨询医保报销', 'medical-insurance'],
      ['咨询入学报名', 'education'],
      ['咨询高龄津贴', 'civil-affairs'],
      ['咨询公租房申请', 'housing'],
      ['咨询加装电梯', 'housing', 'TOWN'],
      ['咨询社保缴纳', 'human-resources'],
      ['咨询建房审批', 'natural-resources', 'COUNTRYSIDE'],
    ],
  },
  {
    category: 'FACILITY_DAMAGE',
    weight: 14,
    titles: [
      ['路灯不亮', 'urban-management'],
      ['健身器材损坏', 'culture'],
      ['单元门禁失灵', 'housing', 'TOWN'],
      ['人行道地砖破损', 'urban-management', 'TOWN'],
      ['电梯停运', 'market-regulation', 'TOWN'],
      ['道闸损坏', 'subdistrict', 'TOWN'],
      ['村道路面坑洼', 'subdistrict', 'COUNTRYSIDE'],
      ['灌溉水渠堵塞', 'agriculture', 'COUNTRYSIDE'],
    ],
  },
  {
    category: 'NOISE',
    weight: 6,
    titles: [
      ['夜间施工噪声', 'urban-management'],
      ['广场舞音量过大', 'public-security'],
      ['商铺外放喇叭', 'urban-management'],
      ['空调外机噪声', 'community', 'TOWN'],
      ['犬吠扰民', 'public-security'],
    ],
  },
  {
    category: 'TRAFFIC',
    weight: 7,
    titles: [
      ['消防通道违规停车', 'public-security'],
      ['非机动车乱停放', 'urban-management'],
      ['路口视线遮挡', 'public-security'],
      ['占道经营影响通行', 'urban-management'],
      ['僵尸车占用车位', 'public-security', 'TOWN'],
    ],
  },
  {
    category: 'ELDER_CARE',
    weight: 5,
    titles: [
      ['独居老人日常探访', 'civil-affairs'],
      ['老人助餐需求', 'civil-affairs'],
      ['老人家中水电维修需求', 'community'],
      ['适老化改造需求', 'civil-affairs'],
      ['老人就医陪同需求', 'health'],
    ],
  },
];

/** Remarks with which a handler reports back. */
export const handlingNotes = [
  '已现场核实',
  '已通知责任方整改',
  '已协调物业处理',
  '已完成整改并拍照',
  '已电话回访',
  '已转交专业队伍',
] as const;

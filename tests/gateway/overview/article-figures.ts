import type { DemoCity } from '../../../prisma/seed/vocabulary.ts';

/**
 * What an article says of its city in figures. `OK` adds up; `FLAG` does not, or is ambiguous; of `LOST` the number is
 * missing in the text.
 */
export interface ArticleFigure {
  readonly said: string;
  readonly check: 'OK' | 'FLAG' | 'LOST';
  /** Codes of the indicators that hold its numbers, each with its number. */
  readonly numbers: Readonly<Record<string, number | null>>;
  /** Of a `FLAG`, those that are marked; all where none is named. */
  readonly marked?: readonly string[];
}

const ok = (said: string, numbers: ArticleFigure['numbers']): ArticleFigure => ({ said, check: 'OK', numbers });
const flag = (said: string, numbers: ArticleFigure['numbers'], ...marked: string[]): ArticleFigure => ({
  ...{ said, check: 'FLAG', numbers },
  ...(marked.length === 0 ? {} : { marked }),
});
const lost = (said: string, code: string): ArticleFigure => ({ said, check: 'LOST', numbers: { [code]: null } });

export const articleFigures: Readonly<Record<DemoCity, readonly ArticleFigure[]>> = {
  hangzhou: [
    ok('4期1000名社区（村）书记（主任）', { 'HZ.training.runs': 4, 'HZ.training.city': 1000 }),
    ok('1.5万名新任村（居）“两委”成员', { 'HZ.training.members': 15_000 }),
    ok('社区专职工作者1.18万人', { 'HZ.workers': 11_800 }),
    ok('每年150余万元，7大类', { 'HZ.training.budget': 1_500_000, 'HZ.kinds': 7 }),
    ok('领军人才61名', { 'HZ.leaders': 61 }),
    flag(
      '通过考试8307人，占全省37%；社区工作者持证6633人，79.85%',
      {
        ...{ 'HZ.certified': 8307, 'HZ.certified.province': 37, 'HZ.certified.workers': 6633 },
        'HZ.certified.share': 79.85,
      },
      'HZ.certified.share',
    ),
    ok('公益创投1500万元', { 'HZ.grants.2016': 15_000_000 }),
    ok('首批7个国际化示范社区', { 'HZ.international': 7 }),
    flag('六大功能板块', { 'HZ.platform.modules': 6 }),
    ok('四级', { 'HZ.levels': 4 }),
    ok('六步', { 'HZ.steps': 6 }),
    flag('四张清单', { 'HZ.lists': 4 }),
    ok('每季度', { 'HZ.forum': 4 }),
    flag('“1+3”', { 'HZ.1plus3': 4 }),
  ],
  sanya: [
    flag(
      '149＝5农场居+52居+92村',
      {
        ...{ 'SY.committees': 149, 'SY.committees.farm': 5, 'SY.committees.residents': 52 },
        'SY.committees.villagers': 92,
      },
      'SY.committees',
    ),
    ok('38支', { 'SY.teams': 38 }),
    ok('148个便民服务中心（站）', { 'SY.centres': 148 }),
    ok('三个十分钟服务圈', { 'SY.circle': 3 }),
    ok('100多', { 'SY.legalAid': 100 }),
    ok('2000多', { 'SY.grids': 2000 }),
  ],
  xuzhou: [
    ok('≥98%', { 'XZ.autonomy': null }),
    ok('≥95%', { 'XZ.function': null }),
    ok('≥60%', { 'XZ.cert': null }),
    ok('≥90%', { 'XZ.safety': null }),
    ok('≥95%', { 'XZ.harmony': null }),
    lost('达[ ]%', 'XZ.grid.coverage'),
    lost('40%、40%、全覆盖', 'XZ.generalist'),
    ok('六化', { 'XZ.lines': 6 }),
    ok('六个方面', { 'XZ.aspects': 6 }),
  ],
  yantai: [
    ok('10方面39条', { 'YT.standard.aspects': 10, 'YT.standard.clauses': 39 }),
    ok('600㎡／500㎡', { 'YT.area.min.urban': 600, 'YT.area.min.rural': 500 }),
    ok('10年，5640万元，236+469', {
      ...{ 'YT.upgrade.years': 10, 'YT.upgrade': 56_400_000, 'YT.upgrade.urban': 236, 'YT.upgrade.rural': 469 },
    }),
    flag(
      '363个，23.15万㎡，平均665㎡',
      { 'YT.urban.count': 363, 'YT.urban.area': 231_500, 'YT.urban': 665 },
      'YT.urban',
    ),
    ok('1143个，90.5万㎡，平均792㎡', { 'YT.rural.count': 1143, 'YT.rural.area': 905_000, 'YT.rural': 792 }),
    ok('10方面；3岗18级', { 'YT.career': 10, 'YT.career.posts': 3, 'YT.career.grades': 18 }),
    ok('118→15', { 'YT.certificates.all': 118, 'YT.certificates': 15 }),
    ok('1532个单位，8.4万余名党员，1900余队，2400余次，2000多件', {
      ...{ 'YT.dual.units': 1532, 'YT.dual.members': 84_000, 'YT.dual.teams': 1900, 'YT.dual.events': 2400 },
      'YT.dual.matters': 2000,
    }),
    ok('八大板块', { 'YT.modules': 8 }),
  ],
  jiaxing: [
    ok('4922／5.1万／580余', { 'JX.branches': 4922, 'JX.groups': 51_000, 'JX.civic': 580 }),
    flag('1170村（社区）', { 'JX.villages': 1170 }),
    ok('16.2万名党员干部认岗', { 'JX.members': 162_000 }),
    flag(
      '60余部门，100多亿条，54场景',
      { 'JX.data.departments': 60, 'JX.data.rows': 10_000_000_000, 'JX.scenarios': 54 },
      'JX.scenarios',
    ),
    ok('157（镇街道全覆盖）', { 'JX.lounges': 157 }),
    flag('14473人，2.6‰', { 'JX.socialWorkers': 14_473, 'JX.socialWorkers.share': 2.6 }),
    ok('10年100名，每人30万', { 'JX.talent': 100, 'JX.talent.each': 300_000 }),
    ok('购买1.5亿；创投1412万', { 'JX.money.purchase': 150_000_000, 'JX.money.venture': 14_120_000 }),
    flag(
      '网格长4000余，网格员2.3万余，微网格长12.4万余',
      { 'JX.gridForce.chiefs': 4000, 'JX.gridForce.workers': 23_000, 'JX.gridForce.micro': 124_000 },
      ...['JX.gridForce.chiefs', 'JX.gridForce.micro'],
    ),
    ok('1／7／86／2284', {
      ...{ 'JX.volunteers': 2378, 'JX.volunteers.centre': 1, 'JX.volunteers.general': 7, 'JX.volunteers.branch': 86 },
      'JX.volunteers.point': 2284,
    }),
    ok('三定、六定、三单、五社', { 'JX.bianding': 3, 'JX.liuding': 6, 'JX.sandan': 3, 'JX.wushe': 5 }),
    flag(
      '一朵云、五平台、百系统',
      { 'JX.chain.clouds': 1, 'JX.chain.platforms': 5, 'JX.chain.systems': 100 },
      ...['JX.chain.platforms', 'JX.chain.systems'],
    ),
  ],
};

import type { Random } from '../chance/random.ts';
import { surname } from '../people/names.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommunityDraft, MicroGridDraft } from './community-draft.ts';

const estateBeginnings =
  '金都 紫荆 阳光 东方 江南 世纪 锦绣 翠湖 望湖 平安 兴业 和平 文昌 桂苑 银杏 香樟 景湖 龙吟 春晓 华庭 天际 府前 云东 南溪 秀水 丽景 百合 梧桐 长虹 清河 吉祥 凤凰'.split(
    ' ',
  );
const estateEndings = '花园 公寓 新村 小区 家园 名邸 雅苑 嘉园 府 里 佳苑 华府'.split(' ');
const UNIFIED_LINES = ['RESOURCES', 'PERSONNEL', 'INFORMATION_COLLECTION', 'SERVICE_STANDARDS', 'MANAGEMENT'] as const;
const digits = '零一二三四五六七八九';

/** 1 → 一, 10 → 十, 21 → 二十一; up to 99. */
export function chineseNumber(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${digits.charAt(tens)}十`;
  return tens > 0 && ones === 0 ? head : head + digits.charAt(ones);
}

/** Grids and micro-grids of the community with the households that each will hold; people come later. */
export function draftGrids(draft: CommunityDraft): void {
  const { plan, place, state } = draft;
  const random = draft.stream('grids');
  const totals = state.profile.totals;
  const microGridsPerHousehold = totals.microGrids / (totals.population / state.profile.peoplePerHousehold);
  const names = new Set<string>();
  let left = plan.households;
  for (let number = 1; number <= plan.grids; number++) {
    const gridsLeft = plan.grids - number + 1;
    const share = gridsLeft === 1 ? left : Math.round((left / gridsLeft) * random.bell(1, 0.08));
    left -= share;
    const gridCode = plan.communityCode + String(number).padStart(3, '0');
    // The first community of a city has one in any case.
    const dedicated = number > 1 && (random.chance(0.03) || (plan.ordinal === 0 && number === plan.grids));
    const row = {
      gridCode,
      name: `${plan.name}第${chineseNumber(number)}网格`,
      kind: dedicated ? ('DEDICATED' as const) : ('GENERAL' as const),
      // Xuzhou's article claims all five for its all-factor grids; elsewhere grids are on the way there.
      unifiedLines: UNIFIED_LINES.slice(0, state.profile.city === 'xuzhou' ? 5 : (plan.ordinal + number) % 6),
      ...place,
      provenanceId: provenanceIds['organizations.grid'],
    };
    draft.table('organizations.grid').push(row);
    const microGrids: MicroGridDraft[] = [];
    const count = Math.max(1, random.round(share * microGridsPerHousehold));
    let householdsLeft = share;
    for (let position = 1; position <= count; position++) {
      const mean = householdsLeft / (count - position + 1);
      const households =
        position === count
          ? householdsLeft
          : Math.max(1, Math.min(householdsLeft, Math.round(mean * random.bell(1, 0.15))));
      householdsLeft -= households;
      const microRow = {
        microGridCode: gridCode + String(position).padStart(3, '0'),
        name: `${row.name}${position}号微网格`,
        gridCode,
        ...place,
        provenanceId: provenanceIds['organizations.micro_grid'],
      };
      draft.table('organizations.micro_grid').push(microRow);
      microGrids.push({ row: microRow, households, residents: [] });
    }
    const estateName = plan.urban ? freshEstate(random, names) : plan.name;
    draft.grids.push({ row, number, estateName, microGrids, residents: [], staff: [], chief: null });
  }
}

function freshEstate(random: Random, taken: Set<string>): string {
  for (;;) {
    const name = random.pick(estateBeginnings) + random.pick(estateEndings);
    if (!taken.has(name)) {
      taken.add(name);
      return name;
    }
  }
}

/** The name of a natural village, new to the community. */
export function freshHamlet(random: Random, endings: readonly string[], taken: Set<string>): string {
  for (let attempt = 0; ; attempt++) {
    const name = surname(random).text + random.pick(endings) + (attempt > 40 ? chineseNumber(1 + (attempt % 90)) : '');
    if (!taken.has(name)) {
      taken.add(name);
      return name;
    }
  }
}

import { socialOrganizationUscc } from '../identifiers/uscc.ts';
import type { CommunityDraft } from '../territory/community-draft.ts';
import { socialOrganizationFields } from '../vocabulary.ts';
import type { OrganizationRow } from './bodies-rows.ts';
import { bodyPhone, type EngagementDraft, engagementRow, organizationRow } from './city-bodies.ts';
import type { WorkerInOffice } from './community-worker.ts';

const FIELD_NAMES = {
  LIVING_SERVICE: '便民服务队',
  CHARITY: '爱心互助社',
  CULTURE_SPORTS: '文体团队',
  MEDIATION: '老娘舅调解队',
} as const;
/** Communities without a legal adviser; Xuzhou's article claims all of them. */
const WITHOUT_ADVISER_EVERY = 20;
const SERVICE_TEAMS_SANYA = 38;

/** Bodies of a community, and who is what to them: offices of its township, social organizations, owners, advisers. */
export function formBodies(draft: CommunityDraft, workers: readonly WorkerInOffice[]): void {
  const { plan, place, state, organizationIds: ids } = draft;
  const random = draft.stream('bodies');
  const { city } = state.profile;
  // Bodies of a community share its office and its telephone, unless they have their own.
  const phones = 100 + plan.ordinal * 4;
  const contact = { phone: bodyPhone(phones), addressText: plan.addressPrefix };
  const add = (
    kind: OrganizationRow['kind'],
    name: string,
    more: Partial<OrganizationRow> = {},
    where: Partial<OrganizationRow> = place,
  ): string => {
    const id = ids.next();
    draft
      .table('organizations.organization')
      .push(organizationRow(id, kind, name, { cityCode: place.cityCode, ...where }, { ...contact, ...more }));
    return id;
  };
  const engage = (engagement: Omit<EngagementDraft, 'cityCode' | 'validFrom'> & { validFrom?: string }): void => {
    draft
      .table('organizations.engagement')
      .push(engagementRow(ids.next(), { cityCode: place.cityCode, validFrom: '2023-03-01', ...engagement }));
  };
  const holderOf = (worker: WorkerInOffice) => ['WORKER', worker.row.id, worker.row.name] as const;
  const [head, ...others] = workers;

  if (plan.opensTownship && plan.townshipName !== '') {
    const seat = {
      phone: bodyPhone(phones + 1),
      addressText: `${plan.cityName}${plan.countyName}${plan.townshipName}`,
    };
    const township = { countyCode: place.countyCode, townshipCode: place.townshipCode };
    // Hangzhou's own two offices are there already.
    if (place.townshipCode !== '330102001' && place.townshipCode !== '330102014') {
      const suffix = plan.townshipName.endsWith('街道') ? '办事处' : '人民政府';
      add('SUBDISTRICT_OFFICE', plan.townshipName + suffix, { structure: 'CONVENTIONAL', ...seat }, township);
    }
    add('SOCIAL_WORK_STATION', `${plan.townshipName}社会工作站`, seat, township);
  }
  for (const field of socialOrganizationFields) {
    const name = `${plan.name}${FIELD_NAMES[field]}`;
    const registered = random.chance(0.15);
    const id = add('SOCIAL_ORGANIZATION', name, {
      form: registered ? 'SOCIAL_SERVICE_AGENCY' : 'COMMUNITY_SOCIAL_ORGANIZATION',
      field,
      registration: registered ? 'REGISTERED' : 'FILED',
      uscc: registered ? socialOrganizationUscc('52', state.nextSocialOrganization()) : null,
    });
    if (random.chance(0.2)) {
      const grown = random.chance(0.3);
      engage({
        role: 'INCUBATEE',
        holder: ['ORGANIZATION', id, name],
        subject: ['ORGANIZATION', state.bodies.incubatorId],
        ...(grown ? { validTo: '2025-09-01', endReason: '孵化出壳' } : {}),
      });
    }
  }
  const unit = `${plan.name}驻区单位（示例）`;
  engage({
    role: 'STATIONED',
    holder: ['ORGANIZATION', add('STATIONED_UNIT', unit), unit],
    subject: ['COMMUNITY', place.communityCode],
  });
  if (plan.urban) {
    const estate = draft.grids[0]?.estateName ?? plan.name;
    const owners = add('OWNERS_COMMITTEE', `${estate}业主委员会`, {
      estateName: estate,
      estateId: draft.estateIds.get(estate) ?? null,
      phone: bodyPhone(phones + 2),
      addressText: `${plan.addressPrefix}${estate}`,
    });
    const [id, name] = random.pick(state.bodies.propertyServices);
    engage({ role: 'PROPERTY_MANAGER', holder: ['ORGANIZATION', id, name], subject: ['ORGANIZATION', owners] });
  }
  if (city === 'xuzhou' || plan.ordinal % WITHOUT_ADVISER_EVERY !== 7) {
    const [id, name] = random.pick(state.bodies.lawFirms);
    engage({
      role: 'LEGAL_ADVISER',
      holder: ['ORGANIZATION', id, name],
      subject: ['COMMUNITY', place.communityCode],
    });
  }
  const withTeam = city === 'sanya' ? state.take('service-team', SERVICE_TEAMS_SANYA) : random.chance(0.2);
  if (withTeam) add('SERVICE_TEAM', `${plan.name}服务团队`);
  if (head === undefined) return;
  const team = add('GRID_TEAM', `${plan.name}网格连心服务团`);
  engage({ role: 'LEADER', holder: holderOf(head), subject: ['ORGANIZATION', team] });
  for (const member of others.slice(0, 2)) {
    engage({ role: 'MEMBER', holder: holderOf(member), subject: ['ORGANIZATION', team] });
    engage({ role: 'SUPERVISOR', holder: holderOf(head), subject: ['WORKER', member.row.id] });
  }
  if (plan.ordinal % 4 === 0) {
    const studio = add('SOCIAL_WORK_STUDIO', `${head.row.name}社会工作室`);
    engage({ role: 'LEADER', holder: holderOf(head), subject: ['ORGANIZATION', studio] });
  }
}

import type { Random } from '../chance/random.ts';
import { provenanceIds } from '../provenance.ts';
import type { DwellingRow, StandardAddressRow } from '../rows.ts';
import type { CommunityDraft, GridDraft, MicroGridDraft } from '../territory/community-draft.ts';
import { freshHamlet } from '../territory/grid.ts';
import type { DwellingUsage } from '../vocabulary.ts';

const URBAN_VACANCY = 0.06;
const RURAL_VACANCY = 0.04;
const ROOMS_PER_FLOOR = 2;

/** Where a dwelling stands inside its community. */
interface Doorplate {
  readonly addressId: string;
  readonly estateName: string;
  readonly building: string;
  readonly unit: string | null;
  readonly room: string;
  readonly areaSquareMetres: number;
  readonly addressText: string;
}

/**
 * Deals out a community's dwellings: one building per micro-grid in town (so that the households of one building lie in
 * one micro-grid), one house per household in hamlets of the countryside.
 */
export class Dwellings {
  private readonly draft: CommunityDraft;
  private readonly random: Random;
  private readonly hamlets = new Set<string>();
  private hamlet = '';
  private houseNumber = 0;
  private hamletSize = 0;

  constructor(draft: CommunityDraft) {
    this.draft = draft;
    this.random = draft.stream('dwellings');
  }

  /**
   * Adds the dwellings of one micro-grid. `settle` is asked once for every inhabited one, in order, and says how it is
   * used; the others stand vacant.
   */
  fill(grid: GridDraft, microGrid: MicroGridDraft, position: number, settle: (id: string) => DwellingUsage): void {
    const { plan, place, ids } = this.draft;
    const rows = this.draft.table('people.dwelling');
    const doorplates = plan.urban
      ? this.building(grid, position, microGrid.households)
      : this.houses(microGrid.households);
    let homeless = microGrid.households;
    for (let i = 0; i < doorplates.length; i++) {
      const spare = doorplates.length - i - homeless;
      const vacant = homeless === 0 || (spare > 0 && this.random.chance(spare / (doorplates.length - i)));
      if (!vacant) homeless--;
      const id = ids.next();
      const doorplate = doorplates[i] as Doorplate;
      const row: DwellingRow = {
        id,
        addressId: doorplate.addressId,
        estateName: doorplate.estateName,
        addressText: doorplate.addressText,
        building: doorplate.building,
        unit: doorplate.unit,
        room: doorplate.room,
        areaSquareMetres: doorplate.areaSquareMetres,
        usage: vacant ? 'VACANT' : settle(id),
        cityCode: place.cityCode,
        countyCode: place.countyCode,
        townshipCode: place.townshipCode,
        communityCode: place.communityCode,
        gridCode: grid.row.gridCode,
        microGridCode: microGrid.row.microGridCode,
        provenanceId: provenanceIds['people.dwelling'],
      };
      rows.push(row);
    }
  }

  private building(grid: GridDraft, position: number, households: number): Doorplate[] {
    const { random } = this;
    const needed = households + random.round(households * URBAN_VACANCY);
    const units = households < 12 ? 1 : random.between(1, 3);
    const floors = Math.ceil(needed / (units * ROOMS_PER_FLOOR));
    const building = `${position}幢`;
    const plates: Doorplate[] = [];
    const { gridCode } = grid.row;
    const estateText = `${this.draft.plan.addressPrefix}${grid.estateName}`;
    const buildingId = this.address(
      'BUILDING',
      building,
      `${estateText}${building}`,
      this.estate(grid.estateName),
      gridCode,
    );
    for (let unit = 1; unit <= units; unit++) {
      const unitName = `${unit}单元`;
      const addressId = this.address(
        'STAIRWELL',
        unitName,
        `${estateText}${building}${unitName}`,
        buildingId,
        gridCode,
      );
      const areas = [random.between(580, 1420) / 10, random.between(580, 1420) / 10];
      for (let floor = 1; floor <= floors; floor++) {
        for (let door = 1; door <= ROOMS_PER_FLOOR; door++) {
          const room = `${floor}0${door}`;
          plates.push({
            addressId,
            estateName: grid.estateName,
            building,
            unit: unitName,
            room,
            areaSquareMetres: areas[door - 1] as number,
            addressText: `${estateText}${building}${unitName}${room}室`,
          });
        }
      }
    }
    return plates;
  }

  private houses(households: number): Doorplate[] {
    const { random } = this;
    const needed = households + random.round(households * RURAL_VACANCY);
    const plates: Doorplate[] = [];
    for (let i = 0; i < needed; i++) {
      if (this.houseNumber >= this.hamletSize) {
        this.hamlet = freshHamlet(random, this.draft.state.profile.hamletEndings, this.hamlets);
        this.houseNumber = 0;
        this.hamletSize = random.between(18, 60);
      }
      this.houseNumber++;
      const building = `${this.houseNumber}号`;
      plates.push({
        addressId: this.estate(this.hamlet),
        estateName: this.hamlet,
        building,
        unit: null,
        room: '全幢',
        areaSquareMetres: random.between(1000, 2800) / 10,
        addressText: `${this.draft.plan.addressPrefix}${this.hamlet}${building}`,
      });
    }
    return plates;
  }

  /** The estate or hamlet of this name: entered when it is first met. */
  private estate(name: string): string {
    const known = this.draft.estateIds.get(name);
    if (known !== undefined) return known;
    const id = this.address('ESTATE', name, `${this.draft.plan.addressPrefix}${name}`, null, null);
    this.draft.estateIds.set(name, id);
    return id;
  }

  private address(
    level: StandardAddressRow['level'],
    name: string,
    addressText: string,
    parentId: string | null,
    gridCode: string | null,
  ): string {
    const id = this.draft.addressIds.next();
    this.draft.table('people.standard_address').push({
      id,
      level,
      parentId,
      name,
      addressText,
      validFrom: null,
      validTo: null,
      ...this.draft.place,
      gridCode,
      provenanceId: provenanceIds['people.standard_address'],
    });
    return id;
  }
}

import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { type AddressChanged, registerAddress, retireAddress } from '../../rules/addresses/address-register.ts';
import { changeDwelling, type DwellingChanged, registerDwelling } from '../../rules/addresses/register-dwelling.ts';
import type { PeopleStore } from '../../store/people-store.ts';
import { builder, refusalTypes } from '../builder.ts';
import { Dwelling, dwellingLoader, StandardAddress, standardAddressLoader } from '../entities.ts';
import { DwellingUsage } from '../vocabulary.ts';
import { AddressLevel } from './standard-address.ts';

type Context = SubgraphContext<PeopleStore>;

const KEY = '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.';
const REFUSALS = [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict];
const ADDRESS_WRITE = { source: 'public-security', right: 'address.write' } as const;
const DWELLING_WRITE = { source: 'housing', right: 'address.write' } as const;

const ADDRESS = {
  field: 'address',
  type: StandardAddress,
  description: '标准地址 The address as it now is.',
  load: ({ addressId }: AddressChanged, context: Context) => standardAddressLoader.load(addressId, context),
};
const DWELLING = {
  field: 'dwelling',
  type: Dwelling,
  description: '房屋 The dwelling as it now is.',
  load: ({ dwellingId }: DwellingChanged, context: Context) => dwellingLoader.load(dwellingId, context),
};

defineMutation(builder, {
  name: 'registerAddress',
  description: '登记标准地址 Enters an estate, a building of an estate or a stairwell of a building.',
  card: ADDRESS_WRITE,
  input: builder.inputType('RegisterAddressInput', {
    description: '标准地址登记 What, below what, since when.',
    fields: (t) => ({
      level: t.field({ type: AddressLevel, required: true, description: '层级 Level.' }),
      parentId: t.id({ description: '上级地址 The estate of a building, the building of a stairwell.' }),
      gridId: t.id({
        references: { type: 'Grid', refusal: 'GRID_NOT_FOUND' },
        description: '网格 Where it stands; a stairwell stands where its building does.',
      }),
      name: t.string({ required: true, description: '名称 1 to 60 characters, e.g. 3幢.' }),
      validFrom: t.field({ type: 'LocalDate', required: true, description: '启用日期 First day.' }),
      idempotencyKey: t.string({ required: true, description: KEY }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => registerAddress(context, input),
  result: ADDRESS,
});

defineMutation(builder, {
  name: 'retireAddress',
  description: '停用标准地址 Ends an address below which nobody is recorded any more.',
  card: ADDRESS_WRITE,
  input: builder.inputType('RetireAddressInput', {
    description: '标准地址停用 Which one, from when.',
    fields: (t) => ({
      addressId: t.id({ required: true, description: '地址 The address.' }),
      validTo: t.field({ type: 'LocalDate', required: true, description: '停用日期 First day out of use.' }),
      idempotencyKey: t.string({ required: true, description: KEY }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => retireAddress(context, input),
  result: ADDRESS,
});

defineMutation(builder, {
  name: 'registerDwelling',
  description: '登记房屋 Enters a dwelling below its standard address.',
  card: DWELLING_WRITE,
  input: builder.inputType('RegisterDwellingInput', {
    description: '房屋登记 Where it is, how large, what for.',
    fields: (t) => ({
      addressId: t.id({ required: true, description: '标准地址 Stairwell, building, or hamlet of a house.' }),
      microGridId: t.id({
        required: true,
        references: { type: 'MicroGrid', refusal: 'GRID_NOT_FOUND' },
        description: '微网格 Micro-grid that it lies in.',
      }),
      building: t.string({ description: '门牌 Number of a house of a hamlet; there and only there.' }),
      room: t.string({ required: true, description: '房号 Number of the room; 全幢 for a whole house.' }),
      areaSquareMetres: t.float({ required: true, description: '建筑面积 Floor area in m².' }),
      usage: t.field({ type: DwellingUsage, required: true, description: '用途 What it is used for.' }),
      idempotencyKey: t.string({ required: true, description: KEY }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => registerDwelling(context, input),
  result: DWELLING,
});

defineMutation(builder, {
  name: 'changeDwelling',
  description: '变更房屋 Changes the use or the measured area of a dwelling.',
  card: DWELLING_WRITE,
  input: builder.inputType('ChangeDwellingInput', {
    description: '房屋变更 What changes; the rest stays.',
    fields: (t) => ({
      dwellingId: t.id({ required: true, description: '房屋 The dwelling.' }),
      usage: t.field({ type: DwellingUsage, description: '用途 What it is used for.' }),
      areaSquareMetres: t.float({ description: '建筑面积 Floor area in m².' }),
      idempotencyKey: t.string({ required: true, description: KEY }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => changeDwelling(context, input),
  result: DWELLING,
});

/** The same types and resolvers in one graphql-jit schema: what federation in one process is measured against. */
import { readFileSync } from 'node:fs';
import { isPromise } from '../../subgraphs/kit/batch-loader.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import { listen } from './listen.mjs';
import { caller, openSubgraphs, productRequire } from './product.mjs';

const {
  buildSchema,
  defaultFieldResolver,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  parse,
} = productRequire('graphql');
const { compileQuery } = productRequire('graphql-jit');

const opened = openSubgraphs();
// A test sees to it that this is what the subgraphs compose to. What several of them say of one argument stands there
// several times.
const apiSdl = readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8');
const schema = buildSchema(apiSdl, { assumeValidSDL: true });
/** @type {Map<string, any>} entity type → the subgraph that owns it */
const owners = new Map();
for (const one of opened) for (const type of one.definition.entities) owners.set(type, one);

/** An entity, as all subgraphs' resolvers can use it: its id for those who extend it, its row for its owner. */
class Entity {
  /** @param {string} type @param {any} row @param {string | undefined} id */
  constructor(type, row, id) {
    this.type = type;
    this.row = row;
    this.id = id;
  }
}

for (const type of Object.values(schema.getTypeMap())) {
  if (type.name.startsWith('__')) continue;
  const homes = opened.filter(({ running }) => running.schema.getType(type.name) !== undefined);
  const own = owners.get(type.name);
  if (isEnumType(type)) {
    for (const value of type.getValues()) {
      value.value = homes[0].running.schema.getType(type.name).getValue(value.name)?.value ?? value.value;
    }
    type._valueLookup = new Map(type.getValues().map((/** @type {any} */ value) => [value.value, value]));
  }
  if (isScalarType(type) && homes.length > 0) {
    const { serialize, parseValue, parseLiteral } = homes[0].running.schema.getType(type.name);
    Object.assign(type, { serialize, parseValue, parseLiteral });
  }
  if (!isObjectType(type)) continue;
  for (const field of Object.values(type.getFields())) {
    const knows = (/** @type {any} */ one) => one.running.schema.getType(type.name).getFields()[field.name];
    const home = own !== undefined && knows(own) ? own : homes.find(knows);
    const resolve = knows(home).resolve ?? defaultFieldResolver;
    const wrap = wrapper(field.type, home);
    const { name } = home.running;
    const isOwn = home === own;
    const isForeign = own !== undefined && !isOwn;
    const ownId = own === undefined ? undefined : own.running.schema.getType(type.name).getFields().id.resolve;
    field.resolve = (
      /** @type {any} */ parent,
      /** @type {any} */ args,
      /** @type {any} */ contexts,
      /** @type {any} */ info,
    ) => {
      const context = contexts.of(name);
      const run = (/** @type {any} */ source) => {
        const value = resolve(source, args, context, info);
        if (wrap === undefined) return value;
        return isPromise(value) ? value.then(wrap) : wrap(value);
      };
      if (!(parent instanceof Entity)) return run(parent);
      if (isForeign) {
        parent.id ??= ownId(parent.row, {}, contexts.of(own.running.name), info);
        return run({ id: parent.id });
      }
      if (parent.row === undefined) {
        const { resolveReferences } = own.running.schema.getType(type.name).extensions.entity;
        parent.row = resolveReferences([parent.id], new Set(), contexts.of(own.running.name)).then(
          (/** @type {any[]} */ [row]) => {
            parent.row = row;
            return row;
          },
        );
      }
      return isPromise(parent.row) ? parent.row.then(run) : run(parent.row);
    };
  }
}

/** @param {any} type @param {any} home @returns {((value: any) => any) | undefined} */
function wrapper(type, home) {
  const named = getNamedType(type);
  const owner = owners.get(named.name);
  if (owner === undefined) return undefined;
  const one = (/** @type {any} */ value) =>
    value == null
      ? value
      : owner === home
        ? new Entity(named.name, value, undefined)
        : new Entity(named.name, undefined, value.id);
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  return isList
    ? (values) => values?.map((/** @type {any} */ item) => (isPromise(item) ? item.then(one) : one(item)))
    : one;
}

/** @type {Map<string, any>} */
const compiled = new Map();
listen(async ({ query, variables }) => {
  let run = compiled.get(query);
  if (run === undefined) {
    run = compileQuery(schema, parse(query)).query;
    compiled.set(query, run);
  }
  const trace = new OperationTrace();
  /** @type {Map<string, any>} */
  const known = new Map();
  const of = (/** @type {string} */ name) => {
    let context = known.get(name);
    if (context === undefined) {
      context = opened.find(({ running }) => running.name === name)?.running.createContext(caller, trace);
      known.set(name, context);
    }
    return context;
  };
  return JSON.stringify(await run(undefined, { of }, variables));
});

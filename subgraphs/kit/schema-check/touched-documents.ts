import {
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { Touches } from './schema-judgement.ts';

/**
 * Finds which recorded documents a change to the old schema touches. It may name a document too many (one that passes
 * an input by variable may or may not fill the removed item), never one too few.
 */
export class TouchedDocuments {
  readonly #schema: GraphQLSchema;
  /** Inputs that hold a type directly, by its name. */
  readonly #holders = new Map<string, Set<string>>();

  constructor(oldSchema: GraphQLSchema) {
    this.#schema = oldSchema;
    for (const type of Object.values(oldSchema.getTypeMap())) {
      if (!isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const held = getNamedType(field.type).name;
        this.#holders.set(held, (this.#holders.get(held) ?? new Set()).add(type.name));
      }
    }
  }

  of(kind: string, coordinate: string): Touches {
    const [type = '', member = ''] = coordinate.split('.');
    const field = coordinate.replace(/\(.*$/, '');
    switch (kind) {
      case 'FIELD_ARGUMENT_ADDED':
      case 'FIELD_ARGUMENT_DEFAULT_CHANGED':
        return { anyOf: [field], noneOf: [coordinate] };
      case 'FIELD_ARGUMENT_REMOVED':
        return { anyOf: [coordinate], noneOf: [] };
      case 'FIELD_ARGUMENT_TYPE_CHANGED':
        return { anyOf: [field], noneOf: [] };
      case 'INPUT_FIELD_REMOVED':
      case 'INPUT_FIELD_TYPE_CHANGED':
        return { anyOf: [`${type}.${member}`, ...this.#variablesOf(type)], noneOf: [] };
      case 'INPUT_FIELD_ADDED':
      case 'INPUT_FIELD_DEFAULT_VALUE_CHANGED':
        return { anyOf: [...this.#membersOf(type), ...this.#variablesOf(type)], noneOf: [] };
      case 'ENUM_VALUE_REMOVED':
      case 'ENUM_VALUE_ADDED':
        return { anyOf: [...this.#placesOf(type), ...this.#variablesOf(type)], noneOf: [] };
      case 'TYPE_REMOVED':
      case 'TYPE_KIND_CHANGED':
        return { anyOf: [...this.#membersOf(type), ...this.#placesOf(type), ...this.#variablesOf(type)], noneOf: [] };
      case 'UNION_MEMBER_REMOVED':
      case 'UNION_MEMBER_ADDED':
      case 'OBJECT_TYPE_INTERFACE_REMOVED':
      case 'OBJECT_TYPE_INTERFACE_ADDED':
        return { anyOf: [type, ...this.#placesOf(type)], noneOf: [] };
      case 'SCHEMA_QUERY_TYPE_CHANGED':
        return { anyOf: ['Query'], noneOf: [] };
      case 'SCHEMA_MUTATION_TYPE_CHANGED':
        return { anyOf: ['Mutation'], noneOf: [] };
      case 'SCHEMA_SUBSCRIPTION_TYPE_CHANGED':
        return { anyOf: ['Subscription'], noneOf: [] };
      default:
        return { anyOf: [field], noneOf: [] };
    }
  }

  /** The input or enum itself and every input that leads to it: documents name those of their variables. */
  #variablesOf(type: string): string[] {
    const found = new Set([type]);
    for (const name of found) for (const holder of this.#holders.get(name) ?? []) found.add(holder);
    return [...found];
  }

  #membersOf(typeName: string): string[] {
    const type = this.#schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [];
    return Object.keys(type.getFields()).map((name) => `${typeName}.${name}`);
  }

  /** Fields that return the type, and arguments and input fields that take it. */
  #placesOf(typeName: string): string[] {
    const places: string[] = [];
    for (const type of Object.values(this.#schema.getTypeMap())) {
      if (type.name.startsWith('__')) continue;
      if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) {
          if (getNamedType(field.type).name === typeName) places.push(`${type.name}.${field.name}`);
        }
      } else if (isObjectType(type) || isInterfaceType(type)) {
        for (const field of Object.values(type.getFields())) {
          if (getNamedType(field.type).name === typeName) places.push(`${type.name}.${field.name}`);
          for (const argument of field.args) {
            if (getNamedType(argument.type).name === typeName)
              places.push(`${type.name}.${field.name}(${argument.name}:)`);
          }
        }
      }
    }
    return isEnumType(this.#schema.getType(typeName)) ? places : places.filter((place) => !place.endsWith(':)'));
  }
}

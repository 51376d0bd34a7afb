import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { isPersonal } from '../../subgraphs/kit/graph/data-card.ts';
import { directiveArguments } from '../plan/directive-arguments.ts';

/** A field whose every read goes into the access log. */
export interface PersonalField {
  readonly coordinate: string;
  /** Undefined where every client of the area may read it. */
  readonly right: string | undefined;
  readonly masked: boolean;
  /** What single rows, such as a child's, demand beyond it. */
  readonly rowRight?: string | undefined;
}

/** By `Type.field`; a field of an interface stands for those of its implementing types. */
export type PersonalFields = ReadonlyMap<string, readonly PersonalField[]>;

/** Fields of types that are subjects, by type: what of an object makes a read of it a read of somebody's data. */
export type SubjectFields = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The fields with personal data that is not public anyway (a card of category PERSONAL or SENSITIVE_PERSONAL that is
 * not shared unconditionally), read from the composed cards.
 */
export function readPersonalFields(apiSchema: GraphQLSchema): PersonalFields {
  const found = new Map<string, readonly PersonalField[]>();
  const types = Object.values(apiSchema.getTypeMap());
  for (const type of types.filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const card = directiveArguments(field.astNode?.directives, 'card');
      if (card === undefined || !isPersonal(card) || card.sharing === 'UNCONDITIONAL') continue;
      const coordinate = `${type.name}.${field.name}`;
      const right = typeof card.right === 'string' ? card.right : undefined;
      const rowRight = typeof card.rowRight === 'string' ? card.rowRight : undefined;
      found.set(coordinate, [{ coordinate, right, masked: card.mask !== undefined, rowRight }]);
    }
  }
  for (const type of types.filter(isInterfaceType)) {
    for (const name of Object.keys(type.getFields())) {
      const below = apiSchema.getPossibleTypes(type).flatMap((possible) => found.get(`${possible.name}.${name}`) ?? []);
      if (below.length > 0) found.set(`${type.name}.${name}`, below);
    }
  }
  return found;
}

/**
 * Types with personal fields whose objects the access log names as its subjects, or as data of its subjects.
 *
 * @param withSubject types that say whose data their objects are, see `plan/access-subjects.ts`; the others are subjects
 *   themselves where they have an id.
 */
export function readSubjectFields(
  apiSchema: GraphQLSchema,
  withSubject: ReadonlySet<string> = new Set(),
): SubjectFields {
  const found = new Map<string, Set<string>>();
  for (const [coordinate] of readPersonalFields(apiSchema)) {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    const type = apiSchema.getType(typeName);
    if (!isObjectType(type) || (type.getFields().id === undefined && !withSubject.has(typeName))) continue;
    const fields = found.get(typeName) ?? new Set();
    fields.add(fieldName);
    found.set(typeName, fields);
  }
  return found;
}

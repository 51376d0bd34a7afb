import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { ACCESS_SUBJECT_FIELD } from '../../plan/access-subjects.ts';
import type { Answer, ProjectedField } from './answer.ts';
import { CannotCompile } from './cannot-compile.ts';
import { type CollectedField, collectFields, setsBelow } from './collect-fields.ts';
import { type OperationScope, planKey } from './operation-scope.ts';

/** Makes the client's answer of the plan's data; undefined when null has reached the root. */
export type Project = (data: object, answer: Answer, path: Answer['path']) => Record<string, unknown> | undefined;

/** The generated program is linear in the operation's fields times the possible types; this is some 3 MB of it. */
const MAX_CODE_CHARACTERS = 3_000_000;

/**
 * Compiles the projection of root fields: the client's fields, in its order and under its aliases, abstract types by
 * their runtime type, nulls carried up to the next nullable place. One JavaScript function per object type and
 * selection; all names in the code are GraphQL names quoted as JSON.
 */
export function compileProjection(
  scope: OperationScope,
  rootType: GraphQLObjectType,
  fields: readonly CollectedField[],
): Project {
  const compiler = new ProjectionCompiler(scope);
  const root = compiler.object(rootType, fields, 0);
  const program = `"use strict";${compiler.code()}return ${root};`;
  return new Function('F', program)(compiler.fields) as Project;
}

/** Code that yields a value or, after it has reported an error, undefined. */
type FunctionName = string;

class ProjectionCompiler {
  /** What errors name; the generated code knows them by index. */
  readonly fields: ProjectedField[] = [];
  readonly #scope: OperationScope;
  readonly #functions: string[] = [];
  readonly #known = new Map<string, FunctionName>();
  readonly #setIds = new Map<SelectionSetNode, number>();
  #size = 0;

  constructor(scope: OperationScope) {
    this.#scope = scope;
  }

  code(): string {
    return this.#functions.join('\n');
  }

  object(type: GraphQLObjectType, fields: readonly CollectedField[], depth: number): FunctionName {
    const values = fields.map((field, index) => this.#field(type, field, `v${index}`, depth));
    const members = fields.map(({ key }, index) => `${JSON.stringify(key)}:v${index}`);
    const personal = this.#scope.subjectFields.get(type.name);
    const isSubject = personal !== undefined && fields.some(({ nodes: [{ name }] }) => personal.has(name.value));
    // The plan asks for whose data it is, whether the client does or not.
    const whose = this.#scope.supergraph.accessSubjects.has(type.name) ? `o.${ACCESS_SUBJECT_FIELD}??o.id` : 'o.id';
    const subject = isSubject ? `S.subject(${whose});` : '';
    // Null, unlike undefined, has not been reported: the object is not shown to this caller.
    const hidden = this.#mayHide(type) ? `if(S.hidden!==undefined&&S.hides(o,${depth}))return null;` : '';
    const before = `${hidden}if(S.hasFaults)S.enter(o,${depth});${subject}`;
    return this.#define(`${before}${values.join('')}return{${members.join(',')}};`);
  }

  #mayHide(type: GraphQLObjectType): boolean {
    return this.#scope.supergraph.scopedRows.has(type.name);
  }

  /** Statements that leave the field's value in a new variable, or return when null must go further up. */
  #field(type: GraphQLObjectType, field: CollectedField, variable: string, depth: number): string {
    const { nodes } = field;
    const [node] = nodes;
    const name = node.name.value;
    if (name === '__typename') return `let ${variable}=${JSON.stringify(type.name)};`;
    // Introspection is answered by the gateway and complete.
    if (name.startsWith('__')) return `let ${variable}=S.own[${JSON.stringify(field.key)}];`;
    const definition = type.getFields()[name];
    if (definition === undefined) throw new CannotCompile(`the field ${type.name}.${name}`);
    const index = this.fields.push({ coordinate: `${type.name}.${name}`, nodes }) - 1;
    const key = JSON.stringify(planKey(this.#scope, node));
    const complete = this.#completion(definition.type, setsBelow(field), depth + 1, index);
    const place = `P[${depth}]=${JSON.stringify(field.key)};`;
    return `let ${variable}=o[${key}];${nullCheck(definition.type, variable, 'o', key, depth, index, place, complete)}`;
  }

  /** A function that completes a value that is not null, at `depth` keys below the root; undefined for leaves. */
  #completion(
    type: GraphQLOutputType,
    sets: readonly SelectionSetNode[],
    depth: number,
    index: number,
  ): FunctionName | undefined {
    const nullable = isNonNullType(type) ? type.ofType : type;
    if (isListType(nullable)) return this.#list(nullable.ofType, sets, depth, index);
    if (isLeafType(nullable)) {
      if (isEnumType(nullable) && this.#scope.supergraph.enumsWithHiddenValues.has(nullable.name)) {
        throw new CannotCompile(`hidden values of ${nullable.name}`);
      }
      return undefined;
    }
    const ids = sets.map((set) => this.#idOf(set)).join(' ');
    return this.#once(`${nullable.name} ${depth} ${ids}`, () => {
      if (isObjectType(nullable)) return this.object(nullable, collectFields(this.#scope, nullable, sets), depth);
      const cases = this.#scope.schema.getPossibleTypes(nullable).map((possible) => {
        const project = this.#once(`${possible.name} ${depth} ${ids}`, () =>
          this.object(possible, collectFields(this.#scope, possible, sets), depth),
        );
        return `case ${JSON.stringify(possible.name)}:return ${project}(o,S,P);`;
      });
      return this.#define(`switch(o.__typename){${cases.join('')}}S.typeless(o,${depth},F[${index}]);`);
    });
  }

  #list(item: GraphQLOutputType, sets: readonly SelectionSetNode[], depth: number, index: number): FunctionName {
    const complete = this.#completion(item, sets, depth + 1, index);
    const check = nullCheck(item, 'v', 'o', 'i', depth, index, `P[${depth}]=i;`, complete);
    const misfit = `if(!Array.isArray(o)){S.misfit(${depth},F[${index}],'something that is no list');return}`;
    const loop = `for(let i=0;i<n;i++){let v=o[i];${check}r[i]=v}`;
    return this.#define(`${misfit}const n=o.length,r=new Array(n);${loop}return r;`);
  }

  #once(key: string, make: () => FunctionName): FunctionName {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#known.set(key, made);
    return made;
  }

  #idOf(set: SelectionSetNode): number {
    const known = this.#setIds.get(set);
    if (known !== undefined) return known;
    this.#setIds.set(set, this.#setIds.size);
    return this.#setIds.size - 1;
  }

  #define(body: string): FunctionName {
    const name = `f${this.#functions.length}`;
    this.#size += body.length;
    if (this.#size > MAX_CODE_CHARACTERS) throw new CannotCompile('a projection that is too large');
    this.#functions.push(`function ${name}(o,S,P){${body}}`);
    return name;
  }
}

function nullCheck(
  type: GraphQLOutputType,
  variable: string,
  container: string,
  key: string,
  depth: number,
  index: number,
  place: string,
  complete: FunctionName | undefined,
): string {
  const where = `(${container},${key},${depth},${variable},F[${index}])`;
  const call = complete === undefined ? '' : `${place}${variable}=${complete}(${variable},S,P);`;
  if (isNonNullType(type)) {
    const hole = `if(${variable}===null){S.hole${where};return}`;
    const after = complete === undefined ? '' : `${call}if(${variable}===undefined)return;${hole}`;
    return `if(${variable}==null){S.hole${where};return}${after}`;
  }
  const after = complete === undefined ? '' : `else{${call}if(${variable}===undefined)${variable}=null}`;
  return `if(${variable}==null){${variable}=S.nil${where}}${after}`;
}

import { type FieldNode, GraphQLError } from 'graphql';
import { withoutStack } from '../../../subgraphs/kit/codes/problems.ts';
import { noteSubjects } from '../../plan/access-subjects.ts';
import type { Faults, Key } from './faults.ts';

/** A field as an error names it. */
export interface ProjectedField {
  /** `Type.field`. */
  readonly coordinate: string;
  readonly nodes: readonly FieldNode[];
}

/** Collects the errors of one answer while it is projected; what the compiled projection calls when a value is null. */
export class Answer {
  /** The response path on the way down; valid up to the depth that the projection passes along. */
  readonly path: Key[] = [];
  readonly errors: GraphQLError[] = [];
  /** Answers of the gateway itself, by response key. */
  readonly own: Readonly<Record<string, unknown>>;
  readonly hasFaults: boolean;
  /** Objects that the caller is not shown. */
  readonly hidden: ReadonlySet<object> | undefined;
  readonly #faults: Faults | undefined;
  readonly #clientKeys: ReadonlyMap<string, string>;
  readonly #subjects: string[];

  /**
   * @param clientKeys aliases by what the plan calls them.
   * @param subjects takes the ids of the objects whose personal data is answered.
   */
  constructor(
    own: Readonly<Record<string, unknown>>,
    faults: Faults | undefined,
    clientKeys: ReadonlyMap<string, string>,
    subjects: string[],
    hidden?: ReadonlySet<object>,
  ) {
    this.own = own;
    this.hidden = hidden;
    this.hasFaults = faults !== undefined;
    this.#faults = faults;
    this.#clientKeys = clientKeys;
    this.#subjects = subjects;
  }

  /** Notes where an object with faults lies; its own depth is the length of its path. */
  enter(object: object, depth: number): void {
    this.#faults?.enter(object, () => this.path.slice(0, depth));
  }

  /** Whether an object at the current path is not shown. Where its owner could not be asked, the answer says so. */
  hides(object: object, depth: number): boolean {
    if (!this.hidden?.has(object)) return false;
    for (const { error, reportedAt } of this.#faults?.missingOf(object) ?? []) {
      this.#reportFault(error, reportedAt, this.#to(depth), undefined);
    }
    return true;
  }

  /** Notes an object whose personal data is part of the answer. */
  subject(whose: unknown): void {
    noteSubjects(whose, this.#subjects);
  }

  /** A nullable value that is not there. */
  nil(container: object, planKey: Key, depth: number, value: unknown, field: ProjectedField): null {
    if (this.hasFaults) this.#explain(container, planKey, depth, value, field);
    return null;
  }

  /** A non-null value that is not there. */
  hole(container: object, planKey: Key, depth: number, value: unknown, field: ProjectedField): void {
    if (this.#explain(container, planKey, depth, value, field)) return;
    const path = [...this.#to(depth), this.#clientKey(planKey)];
    this.#report(`Cannot return null for non-nullable field ${field.coordinate}.`, path, field);
  }

  /** A value of the wrong kind, at the current path. */
  misfit(depth: number, field: ProjectedField, what: string): void {
    this.#report(`A subgraph answered ${field.coordinate} with ${what}.`, this.#to(depth), field);
  }

  /** An object whose type is not known, at the current path. */
  typeless(object: object, depth: number, field: ProjectedField): void {
    const explanations = this.#faults?.explain(object, '__typename', undefined) ?? [];
    for (const { fault } of explanations) this.#reportFault(fault.error, fault.reportedAt, this.#to(depth), field);
    if (explanations.length === 0) this.misfit(depth, field, 'an object of no possible type');
  }

  /**
   * Reports what was not reported at a place of its own because its field was not selected by the client, or has a
   * value all the same. What lies below a null has been explained there.
   */
  finish(data: Readonly<Record<string, unknown>> | null): void {
    for (const { fault, path: anchorPath } of this.#faults?.unreported() ?? []) {
      const path = [...anchorPath, ...fault.path.map(this.#clientKey)];
      if (!endsInNull(data, path)) this.#reportFault(fault.error, fault.reportedAt, path, undefined);
    }
  }

  #explain(container: object, planKey: Key, depth: number, value: unknown, field: ProjectedField): boolean {
    const explanations = this.#faults?.explain(container, planKey, value) ?? [];
    for (const { fault, path } of explanations) {
      const place = [...this.#to(depth), ...path.map(this.#clientKey)];
      this.#reportFault(fault.error, fault.reportedAt, place, field);
    }
    return explanations.length > 0;
  }

  #reportFault(error: GraphQLError, reportedAt: Set<string>, path: readonly Key[], field: ProjectedField | undefined) {
    const place = path.join('.');
    if (reportedAt.has(place)) return;
    reportedAt.add(place);
    this.#report(error.message, path, field, error);
  }

  #report(message: string, path: readonly Key[], field?: ProjectedField, cause?: GraphQLError): void {
    const place = { nodes: field?.nodes ?? null, path: path.length === 0 ? null : path };
    this.errors.push(
      cause === undefined
        ? new GraphQLError(message, place)
        : withoutStack(() => {
            const originalError = cause.originalError ?? cause;
            return new GraphQLError(message, { ...place, originalError, extensions: cause.extensions });
          }),
    );
  }

  #to(depth: number): readonly Key[] {
    return this.path.slice(0, depth);
  }

  readonly #clientKey = (key: Key): Key => this.#clientKeys.get(String(key)) ?? key;
}

function endsInNull(data: unknown, path: readonly Key[]): boolean {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) break;
    value = (value as Readonly<Record<Key, unknown>>)[key];
  }
  return value === null;
}

import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
  visit,
} from 'graphql';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { OperationLimits } from '../options.ts';
import { demandedRights, type FieldRight } from '../policy/field-rights.ts';
import { compileInputRights, type DemandedInputRights } from '../policy/input-rights.ts';
import { BoundedCache } from './bounded-cache.ts';
import { type CoerceVariables, compileVariables } from './coerce-variables.ts';
import { touchedCoordinates } from './coordinates.ts';
import { compileCost } from './cost.ts';
import { syntaxErrorText, validationErrorTexts } from './error-texts.ts';
import { findExceededLimit } from './limits.ts';
import { normalise } from './normalise.ts';
import { operationParts } from './operation-parts.ts';
import type { PreparedOperation } from './prepared-operation.ts';
import { findProtectedArguments } from './protected-arguments.ts';
import { requestProblem } from './request-problem.ts';
import { touchedElements } from './touched-elements.ts';

/** A prepared operation with what only the entry needs of it. */
export interface ServedOperation extends PreparedOperation {
  /** The operation's name for the record; unlike `operationName` without long runs of digits. */
  readonly recordedName: string | null;
  /** What it was validated against. */
  readonly apiSchema: GraphQLSchema;
  /** What it names beside its fields, see `touched-elements.ts`. */
  readonly elements: readonly string[];
  readonly coerceVariables: CoerceVariables;
  /** The rights that its fields demand of a caller. */
  readonly demandedRights: readonly FieldRight[];
  /** The rights that its arguments demand with given variables. */
  readonly demandedInputRights: DemandedInputRights;
  /** The first protected argument that these variables give a value to inside an input object. */
  findProtectedVariable(variables: Readonly<Record<string, unknown>>): string | undefined;
}

export interface OperationCacheOptions {
  readonly apiSchema: GraphQLSchema;
  readonly limits: OperationLimits;
  readonly introspection: boolean;
  readonly suggestions: boolean;
  /** Coordinates of arguments and input fields that need a right, see `protected-arguments.ts`. */
  readonly protectedInputs?: ReadonlySet<string>;
  /** Rights that fields demand, by coordinate, see `policy/field-rights.ts`. */
  readonly fieldRights?: ReadonlyMap<string, readonly FieldRight[]>;
  /** Number of documents that are remembered. */
  readonly capacity?: number;
}

export interface OperationCache {
  /** The operation, or why it is refused; both remembered by text and operation name. */
  prepare(text: string, operationName: string | undefined): ServedOperation | readonly GraphQLError[];
  readonly size: number;
}

const CAPACITY = 1_000;
/** A syntax tree takes some twenty times its text, so this bounds the cache at about 80 MB. */
const CAPACITY_CHARACTERS = 4 * 1024 * 1024;
/** A document with more errors is not being written by somebody who reads them. */
const MAX_VALIDATION_ERRORS = 5;

/** Parses, checks, validates and compiles each document once. */
export function createOperationCache(options: OperationCacheOptions): OperationCache {
  const cache = new BoundedCache<ServedOperation | readonly GraphQLError[]>(
    options.capacity ?? CAPACITY,
    CAPACITY_CHARACTERS,
  );
  const rules: readonly ValidationRule[] = options.introspection
    ? specifiedRules
    : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  return {
    prepare(text, operationName) {
      const key = `${operationName ?? ''}\n${text}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const made = prepareOrRefuse(text, operationName, options, rules);
      cache.set(key, made, key.length);
      return made;
    },
    get size() {
      return cache.size;
    },
  };
}

function prepareOrRefuse(
  text: string,
  operationName: string | undefined,
  options: OperationCacheOptions,
  rules: readonly ValidationRule[],
): ServedOperation | readonly GraphQLError[] {
  try {
    const document = parseWithin(text, options.limits.tokens);
    if (document instanceof GraphQLError) return [document];
    const problem = findExceededLimit(document, options.limits);
    if (problem !== null) return [problem];
    const errors = findErrors(document, options, rules);
    if (errors.length > 0) return errors;
    return compile(forgetTokens(document), operationName, options);
  } catch (error) {
    // Limits far above the defaults let documents nest deeper than the stack is.
    if (error instanceof RangeError) return [graphProblem('DOCUMENT_TOO_LONG', { max: options.limits.tokens })];
    throw error;
  }
}

function parseWithin(text: string, maxTokens: number): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // The parser has no other sign for this.
    if (/ tokens\. Parsing aborted\.$/.test(error.message))
      return graphProblem('DOCUMENT_TOO_LONG', { max: maxTokens });
    return requestProblem('DOCUMENT_SYNTAX', syntaxErrorText(error), placeOf(error));
  }
}

function findErrors(
  document: DocumentNode,
  { apiSchema, introspection, suggestions }: OperationCacheOptions,
  rules: readonly ValidationRule[],
): readonly GraphQLError[] {
  const errors = validate(apiSchema, document, rules, {
    maxErrors: MAX_VALIDATION_ERRORS,
    hideSuggestions: !suggestions,
  });
  const texts = validationErrorTexts(errors, document, apiSchema, suggestions);
  return errors.map((error, index) => {
    if (!introspection && error.message.startsWith('GraphQL introspection has been disabled')) {
      const { message, extensions } = graphProblem('INTROSPECTION_DISABLED');
      return new GraphQLError(message, { ...placeOf(error), extensions });
    }
    return requestProblem('DOCUMENT_INVALID', texts[index] ?? '', placeOf(error));
  });
}

function compile(
  document: DocumentNode,
  operationName: string | undefined,
  { apiSchema, suggestions, protectedInputs = new Set(), fieldRights = new Map() }: OperationCacheOptions,
): ServedOperation | readonly GraphQLError[] {
  const operation = getOperationAST(document, operationName);
  if (operation == null) {
    return [graphProblem(operationName === undefined ? 'OPERATION_NAME_NEEDED' : 'OPERATION_NAME_UNKNOWN')];
  }
  const parts = operationParts(document, operation);
  const normalised = normalise(parts, apiSchema);
  const protectedArguments = findProtectedArguments(parts, apiSchema, protectedInputs);
  const coordinates = touchedCoordinates(parts, apiSchema);
  return {
    hash: normalised.hash,
    document,
    operation,
    operationName: operation.name?.value,
    recordedName: normalised.name,
    apiSchema,
    normalisedText: normalised.text,
    coordinates,
    elements: touchedElements(parts, apiSchema),
    demandedRights: demandedRights(coordinates, fieldRights),
    demandedInputRights: compileInputRights(parts, apiSchema),
    protectedArguments: protectedArguments.inDocument,
    findProtectedVariable: protectedArguments.findInVariables,
    coerceVariables: compileVariables(operation, apiSchema, suggestions),
    cost: compileCost(parts, apiSchema),
  };
}

/** The place of an error without the nodes: they would keep the whole document in memory. */
function placeOf({ source, positions }: GraphQLError) {
  return { source: source ?? null, positions: positions ?? null };
}

/** Errors need the place of a node, but its tokens, which link a document's whole text, are many times its size. */
function forgetTokens(document: DocumentNode): DocumentNode {
  visit(document, {
    enter({ loc }) {
      if (loc !== undefined) Object.assign(loc, { startToken: undefined, endToken: undefined });
    },
  });
  return document;
}

import SchemaBuilder, {
  BasePlugin,
  type EnumValues,
  type FieldNullability,
  type FieldRequiredness,
  type InputFieldMap,
  type InputType,
  type InterfaceParam,
  type PothosInputFieldConfig,
  type PothosOutputFieldConfig,
  type PothosTypeConfig,
  type RootName,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import { defaultFieldResolver, type GraphQLFieldResolver } from 'graphql';
import type { RightCode } from '../codes/rights.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import { guardArguments, guardByCard, type RowRights } from './card-guard.ts';
import { assertCard, cardArguments, cardSentence, type DataCard, GRAPH_CARD } from './data-card.ts';
import type { InputReference } from './input-references.ts';
import type { AnyLoadedBelow } from './loaded-below.ts';
import { guardReferences } from './reference-guard.ts';
import type { RowScope } from './row-scope.ts';

/** How a type takes part in federation. Ids are global ids; the answer keeps their order, null for what is not there. */
export interface EntityOptions<Context> {
  /** Whose rows the type has; declared by the subgraph that owns it, and by no other. */
  readonly rows?: RowScope;
  readonly resolveReferences: (
    ids: readonly string[],
    columns: ReadonlySet<string>,
    context: Context,
  ) => readonly (object | null)[] | Promise<readonly (object | null)[]>;
  /** Finds entities by other unique keys than their ids; for references that inputs name `by` such a key. */
  readonly resolveBy?: Readonly<
    Record<string, (values: readonly string[], context: Context) => Promise<readonly (object | null)[]>>
  >;
}

/** Extensions under which the plugin leaves what it declared, for the printer and the catalogue. */
export interface GraphExtensions {
  readonly card?: DataCard;
  readonly entity?: EntityOptions<SubgraphContext>;
  /** Properties of the row that the field reads; undefined: any. */
  readonly reads?: readonly string[];
  /** How the field's values are loaded for all rows of a level at once. */
  readonly loaded?: AnyLoadedBelow;
}

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      yiyun: GraphPlugin<Types>;
    }
    export interface FieldOptions<
      Types extends SchemaTypes = SchemaTypes,
      ParentShape = unknown,
      Type extends TypeParam<Types> = TypeParam<Types>,
      Nullable extends FieldNullability<Type> = FieldNullability<Type>,
      Args extends InputFieldMap = InputFieldMap,
      ResolveShape = unknown,
      ResolveReturnShape = unknown,
    > {
      /** 数据卡片: what differs from the card of the field's type. */
      card?: Partial<DataCard>;
      /**
       * Properties of the row that the resolver reads, so that no others are fetched; of exposed fields it is known.
       * Fields that do not say it are given whole rows.
       */
      reads?: readonly (keyof ParentShape & string)[];
      /** Comes with `resolve` from `loadedBelow`. */
      loaded?: AnyLoadedBelow;
      /** Another subgraph has the field; it is named here because one of this subgraph's `requires` it. */
      external?: true;
      /** External fields of the entity that the resolver is given on its row. */
      requires?: string;
    }
    export interface ObjectTypeOptions<Types extends SchemaTypes = SchemaTypes, Shape = unknown> {
      /** 数据卡片 shared by the fields of this type. */
      card?: DataCard;
      /** Makes the type an entity keyed by `id`. */
      entity?: EntityOptions<Types['Context']>;
      /** The right that single rows demand for protected fields beyond the fields' own. */
      rowRight?: (row: Shape, context: Types['Context']) => RightCode | undefined;
      /** Its code; printed in the cards, so that the access log knows that such rows may be masked or refused. */
      rowRightCode?: RightCode;
    }
    export interface InterfaceTypeOptions<
      Types extends SchemaTypes = SchemaTypes,
      Shape = unknown,
      Interfaces extends InterfaceParam<Types>[] = InterfaceParam<Types>[],
    > {
      card?: DataCard;
    }
    export interface RootTypeOptions<Types extends SchemaTypes, Type extends RootName> {
      card?: DataCard;
    }
    export interface ArgFieldOptions<
      Types extends SchemaTypes = SchemaTypes,
      Type extends InputType<Types> | [InputType<Types>] = InputType<Types> | [InputType<Types>],
      Req extends FieldRequiredness<Type> = FieldRequiredness<Type>,
    > {
      card?: Partial<DataCard>;
      /** The entity that the id names, and the refusal when its owner does not show it. */
      references?: InputReference;
    }
    export interface InputObjectFieldOptions<
      Types extends SchemaTypes = SchemaTypes,
      Type extends InputType<Types> | [InputType<Types>] = InputType<Types> | [InputType<Types>],
      Req extends FieldRequiredness<Type> = FieldRequiredness<Type>,
    > {
      card?: Partial<DataCard>;
      /** The entity that the id names, and the refusal when its owner does not show it. */
      references?: InputReference;
    }
    export interface EnumTypeOptions<
      Types extends SchemaTypes = SchemaTypes,
      Values extends EnumValues<Types> = EnumValues<Types>,
    > {
      card?: never;
    }
  }
}

const pluginName = 'yiyun';
export default pluginName;

interface CardOptions {
  readonly card?: Partial<DataCard>;
}
interface OutputOptions extends CardOptions {
  readonly reads?: readonly string[];
  readonly loaded?: AnyLoadedBelow;
  readonly external?: true;
  readonly requires?: string;
}
interface InputOptions extends CardOptions {
  readonly references?: InputReference;
}
interface TypeOptions {
  readonly card?: DataCard;
  readonly entity?: EntityOptions<SubgraphContext>;
  readonly rowRight?: RowRights['rightOf'];
  readonly rowRightCode?: RightCode;
}

/**
 * One declaration, three effects: a field's card is printed as `@card`, listed by the catalogue through the composed
 * graph, and enforced here by the resolver, whoever calls the subgraph.
 */
export class GraphPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onTypeConfig(config: PothosTypeConfig): PothosTypeConfig {
    const { entity } = config.pothosOptions as TypeOptions;
    if (entity === undefined) return config;
    return {
      ...config,
      extensions: {
        ...config.extensions,
        entity,
        directives: { ...(config.extensions?.directives as object | undefined), key: { fields: 'id' } },
      },
    } as PothosTypeConfig;
  }

  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const coordinate = `${config.parentType}.${config.name}`;
    const { card: own, external, requires, ...given } = config.pothosOptions as OutputOptions;
    const { reads = exposedProperty(config.extensions), loaded } = given;
    const options = this.builder.configStore.getTypeConfig(config.parentType).pothosOptions as TypeOptions;
    const { card: inherited, rowRightCode } = options;
    if ((options.rowRight === undefined) !== (rowRightCode === undefined)) {
      throw new Error(`${config.parentType}: rowRight and rowRightCode go together`);
    }
    if (inherited === undefined) throw new Error(`${coordinate}: its type declares no data card`);
    const card: DataCard = { ...inherited, ...own };
    assertCard(coordinate, card);
    if (card.right !== undefined && card.mask === undefined && config.type.nullable === false) {
      throw new Error(`${coordinate}: a field that may be refused must be nullable`);
    }
    const isInterface = config.graphqlKind === 'Interface';
    if (external === true) {
      return { ...config, extensions: { ...config.extensions, card, directives: { external: {} } } };
    }
    const declared = config.extensions?.directives as object | undefined;
    const directives = requires === undefined ? declared : { ...declared, requires: { fields: requires } };
    return {
      ...config,
      description: describe(config.description ?? undefined, card),
      extensions: {
        ...config.extensions,
        card,
        ...(reads === undefined ? {} : { reads }),
        ...(loaded === undefined ? {} : { loaded }),
        // An interface field's card is that of each implementing type; printing it there would only repeat it.
        ...(isInterface ? {} : { directives: withCard(directives, card, rowRightCode) }),
      },
    };
  }

  override onInputFieldConfig(config: PothosInputFieldConfig<Types>): PothosInputFieldConfig<Types> {
    const { card: own, references } = config.pothosOptions as InputOptions;
    if (references !== undefined) {
      const directives = {
        ...(config.extensions?.directives as object | undefined),
        references: {
          type: references.type,
          ...(references.facts === undefined ? {} : { facts: [...references.facts] }),
          ...(references.by === undefined ? {} : { by: references.by }),
        },
      };
      const referring = { ...config, extensions: { ...config.extensions, references, directives } };
      return own === undefined ? referring : this.#withInputCard(referring, own);
    }
    return own === undefined ? config : this.#withInputCard(config, own);
  }

  #withInputCard(config: PothosInputFieldConfig<Types>, own: Partial<DataCard>): PothosInputFieldConfig<Types> {
    const { derivedFrom: _notDerived, ...base } = GRAPH_CARD;
    const card: DataCard = { ...base, ...own };
    return {
      ...config,
      description: describe(config.description ?? undefined, card),
      extensions: { ...config.extensions, card, directives: withCard(config.extensions?.directives, card) },
    };
  }

  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    config: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const card = (config.extensions as GraphExtensions).card;
    const hasArguments = Object.keys(config.args).length > 0;
    let guarded = ownResolver(resolver, config) as GraphQLFieldResolver<unknown, SubgraphContext>;
    if (hasArguments && config.parentType === 'Mutation') guarded = guardReferences(guarded);
    if (hasArguments) guarded = guardArguments(guarded);
    if (card?.right !== undefined) {
      const { rowRight: rightOf, rowRightCode: code } = this.builder.configStore.getTypeConfig(config.parentType)
        .pothosOptions as TypeOptions;
      const rows = rightOf === undefined || code === undefined ? undefined : { code, rightOf };
      guarded = guardByCard(`${config.parentType}.${config.name}`, card, card.right, guarded, rows);
    }
    return guarded as typeof resolver;
  }
}

/** A field that is the property of its own name needs no resolver: what compiles documents reads it without a call. */
export function ownResolver<Resolver>(
  resolver: Resolver,
  { name, extensions }: { readonly name: string; readonly extensions?: unknown },
): Resolver | typeof defaultFieldResolver {
  return resolver == null || exposedProperty(extensions)?.[0] === name ? defaultFieldResolver : resolver;
}

/** Pothos notes what it exposes. */
function exposedProperty(extensions: unknown): readonly string[] | undefined {
  const { pothosExposedField: name } = (extensions ?? {}) as { readonly pothosExposedField?: unknown };
  return typeof name === 'string' ? [name] : undefined;
}

function withCard(directives: unknown, card: DataCard, rowRight?: RightCode): object {
  const further = card.right === undefined || rowRight === undefined ? {} : { rowRight };
  return { ...(directives as object | undefined), card: { ...cardArguments(card), ...further } };
}

function describe(description: string | undefined, card: DataCard): string {
  return [description, cardSentence(card)].filter((part) => part !== undefined && part !== '').join('\n');
}

SchemaBuilder.registerPlugin(pluginName, GraphPlugin);

import { createHash } from 'node:crypto';
import { getOperationAST, parse } from 'graphql';
import { isRefusal } from '../../../kit/codes/refusals.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { retireOperations, trustOperations } from '../../rules/clients/trust-operations.ts';
import type { TrustedDocument } from '../../store/clients/manifest-rows.ts';
import { builder, refusalTypes } from '../builder.ts';
import { Client } from './client.ts';
import { ChangeClientPayload, findClient, KEY_DESCRIPTION, type OfClient } from './manage-client.ts';

const TrustOperationsInput = builder.inputType('TrustOperationsInput', {
  description: '受信操作登记 Documents that the client may run.',
  fields: (t) => ({
    clientId: t.string({ required: true, description: '接入方代码 Id of the client.' }),
    documents: t.stringList({ required: true, description: '文档 The very texts that it will send, 1 to 200.' }),
    scenario: t.string({
      description: '场景 What the documents are for, 2 to 64 lower-case letters, digits, hyphens; with a version.',
    }),
    version: t.string({
      description: '版本 Version of the front end; its documents never change afterwards. Several may be live.',
    }),
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
  }),
});

const RetireOperationsInput = builder.inputType('RetireOperationsInput', {
  description: '受信清单停用 Which version to end.',
  fields: (t) => ({
    clientId: t.string({ required: true, description: '接入方代码 Id of the client.' }),
    scenario: t.string({ required: true, description: '场景 Its scenario.' }),
    version: t.string({ required: true, description: '版本 Its version.' }),
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
  }),
});

const TrustOperationsSuccess = builder
  .objectRef<OfClient & { hashes: readonly string[] }>('TrustOperationsSuccess')
  .implement({
    description: '受信操作登记完成 The documents may be run.',
    card: GRAPH_CARD,
    fields: (t) => ({
      hashes: t.stringList({
        description: '文档指纹 SHA-256 of each text, hex.',
        resolve: ({ hashes }) => [...hashes],
      }),
      client: t.field({
        type: Client,
        nullable: true,
        description: '接入方 The client.',
        resolve: (answer, _args, context) => findClient(answer, context),
      }),
    }),
  });

const TrustOperationsPayload = builder.unionType('TrustOperationsPayload', {
  description: '受信操作登记结果 Done, or why not.',
  types: [TrustOperationsSuccess, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType: (value: unknown) => (value as { __typename: string }).__typename,
});

const WRITE = { right: 'client.write' } as const;

builder.mutationFields((t) => ({
  trustOperations: t.field({
    type: TrustOperationsPayload,
    nullable: true,
    description: '受信操作登记 Registers documents that a client may run; they are then served by their hash, too.',
    card: WRITE,
    args: { input: t.arg({ type: TrustOperationsInput, required: true, description: '输入 Which documents.' }) },
    resolve: async (_root, { input: { documents, ...input } }, { store, caller, clock }) => {
      const operations = documents.map(readDocument);
      const result = await trustOperations(store, caller, clock, { ...input, operations });
      return isRefusal(result) ? result : { __typename: 'TrustOperationsSuccess', ...result };
    },
  }),
  retireOperations: t.field({
    type: ChangeClientPayload,
    nullable: true,
    description: '受信清单停用 Ends one version of a client’s scenario; its other versions are served on.',
    card: WRITE,
    args: { input: t.arg({ type: RetireOperationsInput, required: true, description: '输入 Which version.' }) },
    resolve: async (_root, { input }, { store, caller, clock }) => {
      const result = await retireOperations(store, caller, clock, input);
      return isRefusal(result) ? result : { __typename: 'ChangeClientSuccess', ...result };
    },
  }),
}));

function readDocument(document: string): TrustedDocument | undefined {
  try {
    const name = getOperationAST(parse(document, { maxTokens: 10_000 }))?.name?.value ?? null;
    return { hash: createHash('sha256').update(document).digest('hex'), name, document };
  } catch {
    return undefined;
  }
}

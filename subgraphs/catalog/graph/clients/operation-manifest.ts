import { defineConnection, pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import {
  findTrustedDocuments,
  type ManifestRow,
  manifestList,
  type TrustedDocument,
} from '../../store/clients/manifest-rows.ts';
import { builder, PageInfo } from '../builder.ts';
import { Client } from './client.ts';

const MANIFEST_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'ON_CHANGE',
};

const TrustedOperation = builder.objectRef<TrustedDocument>('TrustedOperation').implement({
  description: '受信操作 A registered document: served when its hash alone is sent.',
  card: MANIFEST_CARD,
  fields: (t) => ({
    hash: t.exposeString('hash', { description: '文档指纹 SHA-256 of its text, hex.' }),
    name: t.exposeString('name', { nullable: true, description: '操作名 Name of the operation.' }),
    document: t.exposeString('document', { description: '文档 Its very text.' }),
  }),
});

const OperationManifest = builder.objectRef<ManifestRow>('OperationManifest');
OperationManifest.implement({
  description: '受信清单 The documents of one version of a client’s scenario; it never changes.',
  card: MANIFEST_CARD,
  fields: (t) => ({
    scenario: t.exposeString('scenario', { description: '场景 Scenario.' }),
    version: t.exposeString('version', { description: '版本 Version of the front end.' }),
    operationCount: t.int({
      description: '操作数 Documents in it.',
      card: { unit: '个 documents' },
      resolve: ({ hashes }) => hashes.length,
    }),
    operations: t.field({
      type: [TrustedOperation],
      description: '受信操作 Its documents by hash, 200 at most.',
      resolve: async ({ hashes }, _args, { store, trace, loaders }) => {
        const loader = loaders.get<TrustedDocument | null>('trustedDocuments', async (keys) => {
          const found = await findTrustedDocuments(store, keys, trace);
          return keys.map((key) => found.get(key) ?? null);
        });
        const documents = await Promise.all(hashes.map((hash) => loader.load(hash)));
        return documents.filter((document) => document !== null);
      },
    }),
    registeredAt: t.expose('registeredAt', { type: 'DateTime', description: '登记时间 When it was registered.' }),
    retiredAt: t.expose('retiredAt', {
      type: 'DateTime',
      nullable: true,
      description: '停用时间 Since when it is no longer served; null while it is live.',
    }),
  }),
});

const OperationManifestConnection = defineConnection(builder, 'OperationManifest', OperationManifest, PageInfo);

builder.objectField(Client, 'operationManifests', (t) =>
  t.field({
    type: OperationManifestConnection,
    description: '受信清单 Versions of its scenarios, the newest first; several may be live at once.',
    args: {
      ...pageArguments(t.arg),
      scenario: t.arg.string({ description: '场景 Of this scenario only.' }),
      live: t.arg.boolean({ description: '是否在用 true: only live ones; false: only retired ones.' }),
    },
    resolve: ({ id }, { scenario, live, ...page }, context, info) =>
      pageBelow(
        manifestList,
        { column: 't.client_id', cast: 'text', key: id },
        page,
        { sort: 'NEWEST', filter: { scenario, live } },
        context,
        info,
      ),
  }),
);

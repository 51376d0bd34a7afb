import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import * as brain from '../../console/documents/brain.ts';
import * as catalogue from '../../console/documents/catalogue.ts';
import * as changes from '../../console/documents/changes.ts';
import * as clients from '../../console/documents/clients.ts';
import * as intake from '../../console/documents/intake.ts';
import * as stewardship from '../../console/documents/stewardship.ts';
import { readReviewed } from '../../gateway/plan/reviewed-supergraph.ts';

const schema = buildSchema(readReviewed('api') ?? '', { assumeValidSDL: true });

test.each(Object.entries({ ...brain, ...catalogue, ...changes, ...clients, ...intake, ...stewardship }))(
  'the console’s %s asks what the contract offers',
  (_name, document) => {
    expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
  },
);

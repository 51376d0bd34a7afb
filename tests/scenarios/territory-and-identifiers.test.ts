import { expect, test } from 'vitest';
import { findCitizenIdFlaw } from '../../subgraphs/kit/citizen-id.ts';
import { openCityHub } from '../kit/city-hub.ts';

const PATH = 'query ($code: String!) { division(statCode: $code) { kind level functionalZone path { name level } } }';

test('scenario 13, S23: a village of Sanya has a path without a township', async () => {
  await using hub = await openCityHub();
  const { data } = await hub.ask('frontend', PATH, { code: '460202198001' });
  expect(data).toMatchObject({
    division: {
      level: 'VILLAGE',
      path: [
        { name: '海南省', level: 'PROVINCE' },
        { name: '三亚市', level: 'PREFECTURE' },
        { name: '海棠区', level: 'COUNTY' },
        { name: '永宁社区居委会', level: 'VILLAGE' },
      ],
    },
  });
});

test('scenario 13: a functional zone of Xuzhou stands at county level and is marked', async () => {
  await using hub = await openCityHub();
  const { data } = await hub.ask('frontend', PATH, { code: '320371000000' });
  expect(data).toMatchObject({
    division: {
      kind: 'FUNCTIONAL_ZONE',
      level: 'COUNTY',
      functionalZone: true,
      path: [
        { name: '江苏省', level: 'PROVINCE' },
        { name: '徐州市', level: 'PREFECTURE' },
        { name: '徐州经济技术开发区', level: 'COUNTY' },
      ],
    },
  });
});

/** The check character of GB 11643 by the standard's own formula, so that the validator is not checked against itself. */
function withCheckCharacter(seventeen: string): string {
  let sum = 0;
  for (let index = 0; index < 17; index++) sum += Number(seventeen[index]) * (2 ** (17 - index) % 11);
  return seventeen + ((12 - (sum % 11)) % 11 === 10 ? 'X' : String((12 - (sum % 11)) % 11));
}

test('scenario 13: a number whose county was abolished (330104) is valid', () => {
  const number = withCheckCharacter('33010419491231002');
  expect(findCitizenIdFlaw(number, '2026-06-30')).toBeUndefined();
});

test('a wrong number is refused with the position that is wrong', async () => {
  expect(findCitizenIdFlaw('11010519491231002X', '2026-06-30')).toBeUndefined();
  expect(findCitizenIdFlaw('110105194912310021', '2026-06-30')?.position).toBe(18);
  expect(findCitizenIdFlaw('1101051949123100', '2026-06-30')?.position).toBe(17);
  expect(findCitizenIdFlaw('11010519490231002X', '2026-06-30')?.position).toBe(7);
  expect(findCitizenIdFlaw('110I0519491231002X', '2026-06-30')?.position).toBe(4);
  expect(findCitizenIdFlaw('00010519491231002X', '2026-06-30')?.position).toBe(1);

  await using hub = await openCityHub();
  const { data, errors, text } = await hub.ask(
    'system',
    'query ($number: String!) { personByCitizenId(citizenId: $number) { name } }',
    { number: '330499198508259118' },
  );
  expect(data).toEqual({ personByCitizenId: null });
  expect(errors[0]?.extensions).toMatchObject({ code: 'CITIZEN_ID_INVALID', position: 18 });
  expect(text).not.toContain('330499198508259118');
});

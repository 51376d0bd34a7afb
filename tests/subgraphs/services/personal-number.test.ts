import { expect, test } from 'vitest';
import { containsPersonalNumber } from '../../../subgraphs/kit/personal-number.ts';

test.each([
  '330499196006300010',
  '身份证33049919650102018X',
  '身份证33049919650102018x号',
  '330499600630001',
  '３３０４９９１９６００６３０００１０',
  '330499 19600630 0010',
  '330499-19600630-0010',
  '13800138000',
  '电话：138 0013 8000，急',
  '138-0013-8000',
  '+8613800138000',
  '008613800138000',
  '１３８００１３８０００',
  '1380\u200b0138000',
  '2026-06-30 13800138000',
  '13800138000 2026-06-30',
  '6222020000001234567',
])('a text with a personal number is recognised: %s', (text) => {
  expect(containsPersonalNumber(text)).toBe(true);
});

test.each([
  '3幢4单元501室漏水',
  '2026年6月30日10时停电',
  '2026-06-30 10:00:00 停电',
  '中山路128号路灯不亮',
  '12345热线转办',
  '0573-82520000',
  '车牌浙F12345',
  '20800138000',
  '',
])('a text without one passes: %s', (text) => {
  expect(containsPersonalNumber(text)).toBe(false);
});

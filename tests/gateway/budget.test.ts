import { expect, test } from 'vitest';
import { CostBudget } from '../../gateway/operations/budget.ts';

function open() {
  const time = { milliseconds: 0 };
  return { time, budget: new CostBudget(() => time.milliseconds) };
}

test('a minute’s budget may be spent at once, and flows back steadily', () => {
  const { budget, time } = open();

  expect(budget.spend('a', 600, 600)).toEqual({ granted: true, left: 0 });
  expect(budget.spend('a', 30, 600)).toEqual({ granted: false, left: 0, retryAfterSeconds: 3 });
  time.milliseconds = 3_000;
  expect(budget.spend('a', 30, 600)).toEqual({ granted: true, left: 0 });
  time.milliseconds = 600_000;
  expect(budget.spend('a', 1, 600)).toEqual({ granted: true, left: 599 });
});

test('a refusal takes nothing', () => {
  const { budget } = open();
  budget.spend('a', 500, 600);

  expect(budget.spend('a', 200, 600)).toEqual({ granted: false, left: 100, retryAfterSeconds: 10 });
  expect(budget.spend('a', 100, 600)).toEqual({ granted: true, left: 0 });
});

test('clients do not spend each other’s budget', () => {
  const { budget } = open();
  budget.spend('a', 600, 600);

  expect(budget.spend('b', 600, 600).granted).toBe(true);
});

test('a budget that was cut counts at once', () => {
  const { budget } = open();
  budget.spend('a', 100, 10_000);

  expect(budget.spend('a', 700, 600)).toEqual({ granted: false, left: 600, retryAfterSeconds: 10 });
  expect(budget.spend('a', 1, 0).granted).toBe(false);
});

import { expect, test } from 'vitest';
import type { OrderState } from '../../../shared/work-order.ts';
import { requestState, shareOf } from './request-state.ts';

const part = (state: OrderState, areaMu: number, doneMu: number | null = null) => ({ state, areaMu, doneMu });
const asked = { areaMu: 100, cancelled: null };

test('what is with machines is not open, what they declined is again', () => {
  expect(shareOf(100, [part('offered', 40), part('declined', 30), part('withdrawn', 20)], null)).toEqual({ openMu: 60, doneMu: 0 });
});

test('a machine that did less than its part leaves the rest open', () => {
  expect(shareOf(100, [part('done', 60, 45), part('working', 40)], null)).toEqual({ openMu: 15, doneMu: 45 });
});

test('nobody measured it: the part counts whole', () => {
  expect(shareOf(100, [part('settled', 60)], null)).toEqual({ openMu: 40, doneMu: 60 });
});

test('a strip along the ditch needs no machine any more', () => {
  expect(shareOf(100, [part('done', 100, 97.5)], null)).toEqual({ openMu: 0, doneMu: 97.5 });
  expect(shareOf(100, [part('done', 100, 96)], null)).toEqual({ openMu: 4, doneMu: 96 });
});

test('ground that was covered without an order is asked for no more', () => {
  expect(shareOf(100, [], 30)).toEqual({ openMu: 30, doneMu: 70 });
  expect(shareOf(100, [part('offered', 20)], 30)).toEqual({ openMu: 10, doneMu: 70 });
});

test('a small request is open as a whole', () => {
  expect(shareOf(0.4, [], null)).toEqual({ openMu: 0.4, doneMu: 0 });
});

test('a request stands where its orders stand', () => {
  expect(requestState(asked, [], null)).toBe('open');
  expect(requestState(asked, [part('working', 60)], null)).toBe('open');
  expect(requestState(asked, [part('offered', 100)], null)).toBe('ordered');
  expect(requestState(asked, [part('offered', 60), part('working', 40)], null)).toBe('working');
  expect(requestState(asked, [part('done', 100, 99)], null)).toBe('done');
  expect(requestState(asked, [], 0)).toBe('done');
  expect(requestState({ ...asked, cancelled: { at: 0, by: '甲', reason: '改期' } }, [part('declined', 100)], null)).toBe('cancelled');
});

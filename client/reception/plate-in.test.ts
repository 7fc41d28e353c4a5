import { expect, test } from 'vitest';
import { plateIn } from './plate-in.ts';

test('a plate is found in what a code holds', () => {
  expect(plateIn('皖12·34567')).toBe('皖12·34567');
  expect(plateIn('号牌：豫01-12345；机主：张三')).toBe('豫01-12345');
  expect(plateIn('https://x.example/v?p=鲁Q12345')).toBe('鲁Q12345');
  expect(plateIn('https://x.example/permit#410100-2027-00012-7H3KX9QM')).toBe(null);
});

import { expect, test } from 'vitest';
import { at, field, rectangle, swathFrom } from './ground.fixture.ts';
import { OpenGround } from './open-ground.ts';

const painted = (): OpenGround => {
  const ground = new OpenGround(...at(0, 0));
  ground.add(swathFrom([-50, 10.1], [50, 10.1]));
  return ground;
};

test('100 m × 2.5 m are 250 m² across the borders of tiles', () => {
  expect(Math.abs(painted().areaM2() - 250)).toBeLessThan(5);
});

test('driven twice it is still 250 m²', () => {
  const ground = painted();
  ground.add(swathFrom([50, 10.1], [-50, 10.1]));
  expect(Math.abs(ground.areaM2() - 250)).toBeLessThan(5);
});

test('what lies in a field is taken away: half of it', () => {
  const ground = painted();
  ground.clear(field('east', rectangle(0, 0, 100, 20)));
  expect(Math.abs(ground.areaM2() - 125)).toBeLessThan(4);
});

test('far tracks stay where they are', () => {
  const ground = painted();
  ground.add(swathFrom([900, 500], [1000, 500]));
  expect(Math.abs(ground.areaM2() - 500)).toBeLessThan(10);
  expect(ground.grid(2).grid.width).toBeGreaterThan(2000);
});

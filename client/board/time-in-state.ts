import type { OrderState } from '../../shared/work-order.ts';
import type { MarkState } from '../map/palette.ts';

const MINUTE = 60_000;

/** In a state for longer than this it is shown amber: somebody should look. Not named: as long as it takes. */
const tooLongMin: Partial<Record<OrderState | MarkState, number>> = {
  // An operator on a field looks at his phone when he turns; the next machine should be asked after this.
  offered: 20,
  accepted: 60,
  onTheWay: 120,
  // Its ground is with nobody again.
  declined: 30,
  idle: 60,
  inRepair: 240,
};

export const isTooLong = (state: OrderState | MarkState, since: number | null, now: number): boolean => {
  const limitMin = tooLongMin[state];
  return limitMin !== undefined && since !== null && now - since > limitMin * MINUTE;
};

import { expect, test } from 'vitest';
import { nextStep, rewound } from './drain-plan.ts';

test('nothing waits: it rests', () => expect(nextStep(rewound(7), 7, 0)).toEqual({ do: 'rest' }));

test('after an outage it drains in batches as large as the link allows, two unacked at most', () => {
  expect(nextStep(rewound(0), 1200, 0)).toEqual({ do: 'send', most: 60 });
  const pace = { most: 300, quickestMs: 40 };
  expect(nextStep({ ...rewound(0), sentTo: 300, unacked: 1, pace }, 1200, 0)).toEqual({ do: 'send', most: 300 });
  expect(nextStep({ ...rewound(0), sentTo: 600, unacked: 2 }, 1200, 0)).toEqual({ do: 'rest' });
});

test('live, fixes of three seconds go together', () => {
  expect(nextStep({ ...rewound(10), lastSentAt: 5000 }, 12, 6000)).toEqual({ do: 'wait', ms: 2000 });
  expect(nextStep({ ...rewound(10), lastSentAt: 5000 }, 12, 8000)).toEqual({ do: 'send', most: 60 });
});

test('a pause that the server asked for is kept', () => {
  expect(nextStep({ ...rewound(0), pausedUntil: 4000 }, 1200, 1000)).toEqual({ do: 'wait', ms: 3000 });
});

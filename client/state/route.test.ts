import { expect, test } from 'vitest';
import { hashOf, type Place, placeOf } from './route.ts';

test('every place has an address that leads back to it', () => {
  const places: Place[] = [
    { division: null, drawer: null },
    { division: '410122', drawer: null },
    { division: '410122', drawer: { kind: 'machine', id: 'H-012' } },
    { division: '410122001', drawer: { kind: 'field', id: 'f_9' } },
    { division: null, drawer: { kind: 'parts', topic: 'sow' } },
    { division: '410122', drawer: { kind: 'forecast', operation: 'harvest' } },
    { division: '410122', drawer: { kind: 'fields' } },
    { division: null, drawer: { kind: 'machines' } },
    { division: '410122', drawer: { kind: 'repairs' } },
    { division: '410122', drawer: { kind: 'order', id: '0190b3f4-1111-4222-8333-444455556666' } },
    { division: null, drawer: { kind: 'station', id: 'S-7' } },
    { division: '410122', drawer: { kind: 'alerts' } },
    { division: null, drawer: { kind: 'repair', id: '0190b3f4-1111-4222-8333-444455556666' } },
  ];
  expect(places.map(place => placeOf(hashOf(place)))).toEqual(places);
});

test('an address that means nothing leads to the top', () => {
  expect(placeOf('#/../machine/<b>')).toEqual({ division: null, drawer: null });
  expect(placeOf('')).toEqual({ division: null, drawer: null });
});

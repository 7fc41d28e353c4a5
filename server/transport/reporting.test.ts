import { beforeAll, describe, expect, test } from 'vitest';
import type { ReportBoard, ReportForm } from '../../shared/reporting.ts';
import { dayStart } from '../../shared/season.ts';
import { COUNTY, type TestApp, TOWN, testApp } from '../app-for-test.ts';

const hour = (hours: number) => dayStart('2027-06-06') + hours * 3_600_000;

describe('clerks and the board of who has not reported', () => {
  let now = hour(16);
  let server: TestApp;
  let clerk: string;
  let elsewhere: string;
  let dispatcher: string;
  const harvest = { division: TOWN, operation: 'harvest', day: '2027-06-06' };
  const form = async (query = '', token = clerk) => (await server.get(`/api/v1/reported/form${query}`, token)).body as ReportForm;
  const board = async () => (await server.get('/api/v1/reported/board?division=410100', dispatcher)).body as ReportBoard;
  const report = (body: object) => server.send('POST', '/api/v1/reported', body, clerk);

  beforeAll(async () => {
    server = await testApp({ now: () => now });
    clerk = await server.token({ role: 'clerk', name: '王统计', division: COUNTY });
    elsewhere = await server.token({ role: 'clerk', name: '别县统计', division: '410185' });
    dispatcher = await server.token({ role: 'dispatcher', name: '李调度', division: '410100' });
  });

  test('the form of a county clerk names the county and its towns, and what is known of the one looked at', async () => {
    expect(await form(`?division=${TOWN}`)).toEqual({
      now,
      day: '2027-06-06',
      days: ['2027-06-06', '2027-06-05'],
      dueAt: hour(16.5),
      unit: { code: TOWN, name: '高村乡', level: 'town', parent: COUNTY },
      units: [
        { code: COUNTY, name: '荥阳市', level: 'county', parent: '410100', reported: [] },
        { code: TOWN, name: '高村乡', level: 'town', parent: COUNTY, reported: [] },
      ],
      operations: { harvest: { areaMu: 100, measuredMu: 0, last: null }, sow: { areaMu: 90, measuredMu: 0, last: null } },
      reminders: [],
    });
    // The town is what has not reported yet.
    expect((await form()).unit.code).toBe(TOWN);
    expect(await server.get(`/api/v1/reported/form?division=${TOWN}`, elsewhere)).toMatchObject({ status: 403 });
  });

  test('a figure above the area is refused until it is confirmed, and then carries the flag', async () => {
    expect(await report({ ...harvest, machineMu: 99, handMu: 2 })).toMatchObject({
      status: 400,
      body: { problem: { code: 'invalid', message: expect.stringMatching(/^confirmAbove: /) } },
    });
    const above = await report({ ...harvest, machineMu: 99, handMu: 2, confirmAbove: true });
    expect(above.body).toEqual({ ...harvest, machineMu: 99, handMu: 2, version: 1, at: now, author: '王统计', aboveArea: true });
    const mended = await report({ ...harvest, machineMu: 60, handMu: 2, reason: '多打了' });
    expect(mended.body).toEqual({ ...harvest, machineMu: 60, handMu: 2, reason: '多打了', version: 2, at: now, author: '王统计' });
  });

  test('the same again for the same day is the figure that is there already', async () => {
    expect((await report({ ...harvest, machineMu: 60, handMu: 2 })).body).toMatchObject({ version: 2, reason: '多打了' });
  });

  test('a day that has not begun, another year, the city and a sum that nobody can have are refused', async () => {
    const refused = { status: 400, body: { problem: { code: 'invalid' } } };
    expect(await report({ ...harvest, day: '2027-06-07', machineMu: 70, handMu: 2 })).toMatchObject(refused);
    expect(await report({ ...harvest, day: '2026-06-06', machineMu: 70, handMu: 2 })).toMatchObject(refused);
    expect(await report({ ...harvest, machineMu: 1e12, handMu: 2 })).toMatchObject(refused);
    expect(
      await server.send('POST', '/api/v1/reported', { ...harvest, division: '410100', machineMu: 1, handMu: 0 }, dispatcher),
    ).toMatchObject(refused);
  });

  test('the board says who has reported, who is due and, from 16:30 on, who is late', async () => {
    const states = async () => (await board()).rows.map(row => [row.name, row.harvest.state, row.sow.state]);
    expect(await states()).toEqual([
      ['高村乡', 'reported', 'due'],
      ['大金店镇', 'noArea', 'noArea'],
    ]);
    now = hour(16.75);
    expect(await states()).toEqual([
      ['高村乡', 'reported', 'late'],
      ['大金店镇', 'noArea', 'noArea'],
    ]);
  });

  test('a reminder is kept, shown to the clerk until the unit has reported, and the dispatcher sees that it was seen', async () => {
    const day = '2027-06-06';
    expect(await server.send('POST', '/api/v1/reported/reminders', { day, units: [TOWN] }, clerk)).toMatchObject({ status: 403 });
    expect(await server.send('POST', '/api/v1/reported/reminders', { day, units: ['999'] }, dispatcher)).toMatchObject({ status: 403 });
    await server.send('POST', '/api/v1/reported/reminders', { day, units: [TOWN] }, dispatcher);
    const [reminder] = (await form()).reminders;
    expect(reminder).toEqual({ id: reminder.id, division: TOWN, name: '高村乡', day, at: now, author: '李调度', seen: null });
    expect((await board()).rows[0].reminders).toEqual({ sent: 1, seen: 0, lastAt: now });
    expect(await server.send('POST', '/api/v1/reported/reminders/seen', { ids: [reminder.id] }, elsewhere)).toMatchObject({ status: 403 });
    expect((await server.send('POST', '/api/v1/reported/reminders/seen', { ids: [reminder.id] }, clerk)).body).toEqual({ seen: 1 });
    expect((await server.send('POST', '/api/v1/reported/reminders/seen', { ids: [reminder.id] }, clerk)).body).toEqual({ seen: 0 });
    expect((await board()).rows[0].reminders).toEqual({ sent: 1, seen: 1, lastAt: now });
    await report({ ...harvest, operation: 'sow', machineMu: 10, handMu: 0 });
    expect((await form()).reminders).toEqual([]);
  });

  test('after the cut-off a unit that has reported begins the next day, one that has not is still asked for the day that ended', async () => {
    now = hour(17.5);
    expect([(await form(`?division=${TOWN}`)).day, (await form(`?division=${COUNTY}`)).day]).toEqual(['2027-06-07', '2027-06-06']);
  });
});

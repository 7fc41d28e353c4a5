import { expect, test } from 'vitest';
import { at, field, rectangle, TOWN, testApp } from '../../app-for-test.ts';
import { upload } from '../../upload-for-test.ts';
import { templateOf } from './columns.ts';

const server = await testApp({ fields: [field('F1', rectangle(0, 0, 100, 100))] });
const token = await server.token({ role: 'administrator', name: '管理员' });
const { requests, offers, orderLedger } = server.app.book;
const send = (text: string, apply = false) => upload(server, { kind: 'contracts', bytes: Buffer.from(text), token, apply });
const HEAD = '合同编号,单位,村,联系人,电话,面积（亩）,地块编号,开始日期,结束日期,每亩价格（元）\n';
const row = (i: number) => `HT-${i},高村乡,官峪村,农户${i},137${String(i).padStart(8, '0')},${1 + (i % 50)},,2027-06-04,2027-06-09,60\n`;
const all = HEAD + Array.from({ length: 10_290 }, (_, i) => row(i)).join('');

test('every bad row is named with its reason, and nothing of the file is taken', async () => {
  const bad = [
    'HT-1,高村乡,官峪村,老李,,,,2027-06-04,2027-06-09,60',
    'HT-2,无名乡,官峪村,老李,,10,,2027-06-04,2027-06-09,60',
    'HT-3,高村乡,官峪村,老李,,,F7,2027-06-04,2027-06-09,60',
    'HT-4,大金店镇,官峪村,老李,,,F1,2027-06-04,2027-06-09,60',
    'HT-5,高村乡,官峪村,老李,,10,,2027-06-09,2027-06-04,60',
    'HT-6,高村乡,官峪村,老李,,10,,2027-06-04,2027-06-09,六十',
    ',高村乡,官峪村,老李,,10,,2027-06-04,2027-06-09,60',
    'HT-5,高村乡,官峪村,老李,,10,,2027-06-04,2027-06-09,60',
    'HT-9,高村乡,官峪村,老李,,10,,2027-06-04,2027-06-09,60',
  ].join('\n');
  const { status, body } = await send(HEAD + bad);
  expect(status).toBe(200);
  expect(body.bad.map(({ row, column, reason }) => [row, column, reason])).toEqual([
    [2, '面积（亩）', 'missing'],
    [3, '单位', 'unknownUnit'],
    [4, '地块编号', 'unknownField'],
    [5, '地块编号', 'otherUnit'],
    [6, '结束日期', 'beforeStart'],
    [7, '每亩价格（元）', 'notNumber'],
    [8, '合同编号', 'missing'],
    [9, '合同编号', 'twice'],
  ]);
  expect([body.good, body.badRows, body.new]).toEqual([1, 8, 1]);
  expect((await send(HEAD + bad, true)).status).toBe(400);
  expect(requests.contracts()).toEqual([]);
});

test('10,290 contracts are requests after one import; the same file again changes nothing', async () => {
  const { status, body } = await send(all, true);
  expect([status, body.applied, body.new, body.changed, body.same]).toEqual([200, true, 10_290, 0, 0]);
  const { total, requests: shown } = requests.list({ division: TOWN, state: 'open', q: 'HT-10289', from: 0 });
  expect([total, shown[0].contactName, shown[0].areaMu, shown[0].source, shown[0].lngLat]).toEqual([
    1,
    '农户10289',
    40,
    'contract',
    [...at(50, 50)],
  ]);
  const again = (await send(all, true)).body;
  expect([again.new, again.changed, again.same]).toEqual([0, 0, 10_290]);
  await orderLedger.load();
  expect(requests.contracts()).toHaveLength(10_290);
  expect((await server.get('/api/v1/setup', token)).body).toMatchObject({ contracts: 10_290 });
}, 120_000);

test('a corrected price is a change of one; what machines have is not taken from under them', async () => {
  const dearer = (await send(HEAD + row(7).replace(/60\n$/, '65\n'), true)).body;
  expect([dearer.new, dearer.changed, dearer.absent]).toEqual([0, 1, 10_289]);
  const given = requests.contracts().find(one => one.contract === 'HT-7')!;
  expect([given.pricePerMu, given.version]).toEqual([65, 2]);
  const work = { kind: 'work' as const, request: given.id, division: null, operation: 'harvest' as const, areaMu: null, note: '' };
  await offers.offer([{ ...work, id: crypto.randomUUID(), machine: 'C1', machineVersion: 0 }], { author: '调度员', advice: null });
  const { body } = await send(HEAD + row(7).replace('官峪村,农户7', '官峪村,农户七').replace(',8,', ',5,'));
  expect(body.bad.map(({ reason, detail }) => [reason, detail])).toEqual([
    ['inWork', 'areaMu: 8 mu of it are with machines; withdraw an order first'],
  ]);
});

test('the template is read as it stands', async () => {
  const { body } = await send(templateOf('contracts'));
  expect([body.rows, body.badRows, body.new]).toEqual([1, 0, 1]);
});

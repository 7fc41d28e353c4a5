import { expect, test } from 'vitest';
import type { ImportReport } from '../../shared/imports.ts';
import type { RegistryRow } from '../../shared/registry-list.ts';
import { COUNTY, machine, station, testApp } from '../app-for-test.ts';

const OTHER = '410185';
const plates = ['豫A·1003', '豫A·1001', '豫B·2002'];
const machines = plates.map((plate, i) => machine(`M${i}`, { plate, operatorPhone: `1380000000${i}` }));
const server = await testApp({
  machines: [...machines, machine('X1', { plate: '豫A·0001', division: OTHER })],
  stations: [station('east', 3000, 0), station('north', 0, 9000)],
});
const dispatcher = await server.token({ role: 'dispatcher', name: '李调度', division: COUNTY });
const clerk = await server.token({ role: 'clerk', division: COUNTY });
interface Page {
  total: number;
  rows: RegistryRow[];
}
const page = async (list: string, query = '', token = dispatcher) =>
  (await server.get(`/api/v1/registry/${list}?${query}`, token)).body as Page;
const platesOf = ({ rows }: Page) => rows.map(row => row.cells.plate);

test('a list shows the own division sorted, by the beginning of a plate, name or phone', async () => {
  expect(platesOf(await page('machines'))).toEqual(['豫A·1001', '豫A·1003', '豫B·2002']);
  expect(platesOf(await page('machines', 'desc=true&from=1'))).toEqual(['豫A·1003', '豫A·1001']);
  expect(platesOf(await page('machines', 'q=豫b'))).toEqual(['豫B·2002']);
  expect(platesOf(await page('operators', 'q=13800000001'))).toEqual(['豫A·1001']);
  expect((await page('stations', 'sort=id&desc=true')).rows.map(row => row.id)).toEqual(['north', 'east']);
  expect(await page('machines', '', await server.token({ role: 'administrator' }))).toMatchObject({ total: 4 });
});

test('who may not call sees numbers masked, and does not find them out by searching', async () => {
  const { rows } = await page('operators', 'q=豫B', clerk);
  expect(rows).toMatchObject([{ cells: { operatorPhone: '138****0002' }, mayEdit: false }]);
  expect(await page('operators', 'q=1380', clerk)).toEqual({ total: 0, rows: [] });
});

test('a cell is changed as it was seen; what somebody else changed meanwhile is a conflict, and the history tells both', async () => {
  const [row] = (await page('machines')).rows;
  const edit = (changes: Record<string, string>, version = row.version) =>
    server.send('PUT', `/api/v1/registry/machines/${row.id}`, { version, changes }, dispatcher);
  const first = await edit({ operatorName: '赵六', workingWidthM: '2.75' });
  expect(first).toMatchObject({ status: 200, body: { cells: { operatorName: '赵六', workingWidthM: 2.75, plate: '豫A·1001' } } });
  expect(await edit({ operatorName: '孙七' })).toMatchObject({ status: 409, body: { problem: { code: 'conflict' } } });
  const { version } = first.body as unknown as RegistryRow;
  expect(await edit({ plate: '豫A·1003' }, version)).toMatchObject({
    status: 400,
    body: { problem: { message: expect.stringMatching(/^plate: /) } },
  });
  expect((await edit({ division: OTHER }, version)).status).toBe(403);
  expect((await edit({ id: 'M9' }, version)).status).toBe(400);
  const { body } = await server.get(`/api/v1/history/machine/${row.id}`, dispatcher);
  expect(body).toMatchObject({
    events: [{ action: 'editRegistry', who: { name: '李调度' }, before: { operatorName: '机手 M1' }, after: { operatorName: '赵六' } }],
  });
});

test('what is seen goes out as CSV that can come in again, with a right and an event', async () => {
  const ask = (token: string) =>
    fetch(`${server.url}/api/v1/registry/machines/file?q=豫B`, { headers: { Authorization: `Bearer ${token}` } });
  expect((await ask(clerk)).status).toBe(403);
  const csv = Buffer.from(await (await ask(dispatcher)).arrayBuffer());
  const [head, line] = csv.toString().split('\r\n');
  expect(head).toBe('\uFEFF"牌照","编号","类型","行走方式","来源","所属单位","机手","电话","作业环节","幅宽（米）","有终端"');
  expect(line).toBe('"豫B·2002","M2","收割机","轮式","本地","荥阳市","机手 M2","13800000002","麦收","2.5","是"');
  const again = await bring(csv, dispatcher);
  expect(again.body).toMatchObject({ rows: 1, same: 1, changed: 0, new: 0, badRows: 0 });
  const { body } = await server.get('/api/v1/audit?action=exportRegistry', await server.token({ role: 'administrator' }));
  expect(body).toMatchObject({ events: [{ object: 'registry:machines', after: { q: '豫B', as: 'csv' } }] });
});

test('a file comes in while the season runs, all of it or nothing, and only of the own division', async () => {
  const head = '编号,牌照,类型,所属单位\r\n';
  const bad = await bring(
    Buffer.from(`${head}N1,豫A·N1,收割机,${COUNTY}\r\nN2,豫A·N2,收割机,${OTHER}\r\nX1,豫A·0001,收割机,${COUNTY}\r\n`),
    dispatcher,
  );
  expect(bad).toMatchObject({ status: 400 });
  expect(server.app.book.registry.machines.has('N1')).toBe(false);
  const seen = await bring(Buffer.from(`${head}N2,豫A·N2,收割机,${OTHER}\r\n`), dispatcher, 'false');
  expect((seen.body as ImportReport).bad).toMatchObject([{ row: 2, reason: 'notReached' }]);
  expect((await bring(Buffer.from(`${head}N1,豫A·N1,收割机,${COUNTY}\r\n`), dispatcher)).body).toMatchObject({ new: 1 });
  expect(await page('machines', 'q=豫A·N1')).toMatchObject({ total: 1 });
});

async function bring(body: Buffer, token: string, apply = 'true') {
  const response = await fetch(`${server.url}/api/v1/registry/machines/imports?apply=${apply}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    body: new Uint8Array(body),
  });
  return { status: response.status, body: await response.json() };
}

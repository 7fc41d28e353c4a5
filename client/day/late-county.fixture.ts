import { ask, at, machine, rectangle, type TestApp } from '../../server/app-for-test.ts';
import { addDays, dayStart } from '../../shared/season.ts';

const HOUR = 3_600_000;
const morningOf = (day: string): number => dayStart(day) + 9 * HOUR;
const TODAY = '2027-06-06';
export const MORNING = morningOf(TODAY);

/** 荥阳 in the west has 2,000 mu and two combines, 登封 beside it 400 mu and four. */
export const machines = [
  ...['A1', 'A2'].map(id => machine(id)),
  ...['B1', 'B2', 'B3', 'B4'].map(id => machine(id, { division: '410185', operatorName: `张师傅${id}` })),
];
/** Where they stand: the two in the middle of 荥阳, the four in 登封, 8 km to the east of them. */
const placeOf = (id: string): [number, number] => (id.startsWith('A') ? at(500, 0) : at(8500, Number(id[1]) * 20));

const outline = (code: string, ground: ReturnType<typeof rectangle>) => ({ type: 'Feature', properties: { code }, geometry: ground });
const outlines = {
  type: 'FeatureCollection',
  features: [
    outline('410100', rectangle(-6000, -6000, 22_000, 12_000)),
    outline('410182', rectangle(-5000, -5000, 10_000, 10_000)),
    outline('410185', rectangle(5000, -5000, 10_000, 10_000)),
  ],
};
const areas = [
  '编码,名称,级别,上级编码,小麦种植面积（亩）,玉米计划面积（亩）',
  '410100,郑州市,市,,,',
  '410182,荥阳市,县级市,410100,,',
  '410182100,高村乡,乡,410182,2000,1500',
  '410185,登封市,县级市,410100,,',
  '410185100,大金店镇,镇,410185,400,300',
];

/**
 * Eight days of the season, as devices and clerks tell of them: every day 60 mu in 荥阳, which would need four weeks more, and 50 in 登封,
 * which is through. `setNow` puts the season's clock.
 */
export async function liveThrough(server: TestApp, setNow: (at: number) => void): Promise<void> {
  const administrator = await server.token({ role: 'administrator', name: '管理员' });
  await bring(server, { kind: 'units', text: `${areas.join('\r\n')}\r\n`, token: administrator });
  await bring(server, { kind: 'outlines', text: JSON.stringify(outlines), token: administrator });
  const devices = await Promise.all(
    machines.map(async ({ id }) => ({ id, socket: await server.connect(await server.token({ role: 'device', name: id, machine: id })) })),
  );
  for (let [day, seq] = ['2027-05-29', 1]; day <= TODAY; [day, seq] = [addDays(day, 1), seq + 1]) {
    const noon = morningOf(day);
    setNow(noon);
    for (const { id, socket } of devices) {
      const rows = [[seq, noon, ...placeOf(id), 0, 0, 2, 2.5, 0]];
      const answer: { ok: boolean } = await ask(socket, 'fix:report', { v: 1, outbox: `outbox-${id}`, rows });
      if (!answer.ok) throw new Error(JSON.stringify(answer));
    }
    if (day === TODAY) break;
    setNow(dayStart(day) + 16 * HOUR);
    for (const [division, machineMu] of [
      ['410182100', 60 * seq],
      ['410185100', 50 * seq],
    ] as const) {
      const report = { division, operation: 'harvest', day, machineMu, handMu: 0 };
      const { status, body } = await server.send('POST', '/api/v1/reported', report, administrator);
      if (status !== 200) throw new Error(JSON.stringify(body));
    }
  }
  for (const { socket } of devices) socket.disconnect();
  setNow(MORNING + 60_000);
}

async function bring(server: TestApp, { kind, text, token }: { kind: string; text: string; token: string }): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
  const answer = await fetch(`${server.url}/api/v1/imports/${kind}?apply=true`, { method: 'POST', headers, body: text });
  const report = (await answer.json()) as { applied?: boolean };
  if (!answer.ok) throw new Error(`${kind}: ${JSON.stringify(report)}`);
}

import { briefingItems } from '../../shared/reception.ts';
import type { Machine, Station } from '../../shared/registry.ts';
import { addDays, dayOf, dayStart } from '../../shared/season.ts';
import { rowId } from '../services/imports/reception.ts';
import { Reception } from '../services/reception/reception.ts';
import { Registry } from '../services/registry.ts';
import type { Connection } from '../stores/connection.ts';
import type { RegistryStore } from '../stores/registry.ts';

const HOUR_MS = 3_600_000;
const ORIGINS = ['安徽省太和县', '安徽省颍上县', '安徽省临泉县'];
/** By the province of the plate. */
const HOMES: Record<string, string> = {
  鄂: '湖北省襄阳市',
  苏: '江苏省沛县',
  鲁: '山东省曹县',
  冀: '河北省邯郸市',
  陕: '陕西省渭南市',
  晋: '山西省临汾市',
};
const DESTINATIONS = ['河北省邯郸市', '山东省德州市', '陕西省渭南市', '山西省临汾市'];
const EXPECTED_A_DAY = 4;
const DAYS_AHEAD = 5;
const PRESENT = 16;
const PERMITS = 10;
const TRAININGS = ['联合收割机安全操作', '机收减损技术', '道路行驶与防火'];

/** What reception begins the demonstration with: machines that are here, some that are awaited, permits of our own. Everybody is invented. */
export async function enterReception(connection: Connection, machines: RegistryStore, startsAt: number): Promise<void> {
  const registry = new Registry(machines);
  await registry.loadLists();
  const { season, stations } = registry;
  if (!season || stations.length === 0) return;
  const reception = new Reception(connection, { registry, machines, ledger: { liveOf: () => [] }, now: () => startsAt });
  await reception.prepare();
  await reception.load();
  const all = [...registry.machines.values()];
  const visitors = all.filter(({ origin }) => origin === 'crossRegion').slice(0, PRESENT);
  for (const [i, visitor] of visitors.entries())
    await enterVisit(reception, { visitor, i, station: nearest(stations, visitor, registry), startsAt });
  const today = dayOf(startsAt);
  await reception.visits.putExpected(
    Array.from({ length: EXPECTED_A_DAY * DAYS_AHEAD }, (_, i) => {
      const plate = `皖${12 + (i % 4)}·${String(30_117 + i * 431)}`;
      const day = addDays(today, Math.floor(i / EXPECTED_A_DAY));
      // The demonstration's own station gets one every day.
      const station = stations[i % EXPECTED_A_DAY === 0 ? 0 : (i * 7) % stations.length].id;
      const who = { holder: `外来机手 ${String(i + 1).padStart(3, '0')}`, phone: '', origin: ORIGINS[i % ORIGINS.length] };
      return {
        id: rowId('expected', season.year, plate, day),
        year: season.year,
        day,
        station,
        plate,
        kind: 'combine',
        ...who,
        crew: 2 + (i % 2),
      };
    }),
  );
  const home = all.filter(({ origin, kind }) => origin === 'home' && kind === 'combine').slice(0, PERMITS);
  for (const [i, machine] of home.entries()) {
    const id = rowId('demo permit', season.year, machine.id);
    const span = { from: `${season.year}-06-10`, to: `${season.year}-07-15` };
    const wish = {
      id,
      machine: machine.id,
      operation: 'harvest' as const,
      crops: '小麦',
      destination: DESTINATIONS[i % DESTINATIONS.length],
      ...span,
    };
    await reception.permits.apply(wish, { author: '演示统计员', station: null });
    if (i % 4 !== 3) await reception.permits.issue(id, 1, '演示调度员');
  }
  await enterSafety(reception, { home, stations, startsAt });
}

/** Half of those that go out were overhauled in May, a driver of each was trained, and one went into a ditch yesterday. */
async function enterSafety(
  { safety }: Reception,
  { home, stations, startsAt }: { home: Machine[]; stations: readonly Station[]; startsAt: number },
) {
  const year = Number(dayOf(startsAt).slice(0, 4));
  const mayDay = (i: number) => `${year}-05-${String(6 + 2 * i).padStart(2, '0')}`;
  const trained = home.map(({ id, division, operatorName: name, operatorPhone: phone }, i) => {
    const about = { subject: TRAININGS[i % TRAININGS.length], day: mayDay(i) };
    return { id: rowId('demo trained', year, id), year, division, name, phone, ...about };
  });
  await safety.putTrained(trained);
  const overhauled = home
    .filter((_, i) => i % 2 === 0)
    .map(({ id, division, plate, kind, operatorName: owner }, i) => {
      const workshop = stations[i % stations.length].name;
      return { id: rowId('demo overhauled', year, id), year, division, plate, kind, owner, workshop, day: mayDay(i) };
    });
  await safety.putOverhauled(overhauled);
  const [machine] = home;
  if (!machine) return;
  const accident = {
    ...{ id: rowId('demo accident', year), at: startsAt - 20 * HOUR_MS, place: '机耕路与排水沟交口', division: machine.division },
    ...{ machine: machine.id, plate: machine.plate, kind: 'overturn' as const, injured: 1, dead: 0 },
    ...{ what: '夜间转场，右前轮滑入路边排水沟，机身侧倾，机手手臂擦伤。', measures: '吊车扶正，沟口已立反光牌。' },
  };
  await safety.put(accident, { version: 0, author: '演示服务站', station: stations[0].id });
}

interface Demo {
  visitor: Machine;
  i: number;
  station: Station;
  startsAt: number;
}

/** Came in the last two days; one in four has told nothing yet, one permit has run out. */
async function enterVisit({ visits }: Reception, { visitor, i, station, startsAt }: Demo): Promise<void> {
  const by = { author: '演示服务站', station: station.id };
  const visit = rowId('demo visit', visitor.id);
  const at = startsAt - (2 + (i % 10) * 3) * HOUR_MS;
  const entry = (name: string, minutes: number) => ({ id: rowId('demo', name, visitor.id), visit, at: at + minutes * 60_000 });
  const { plate, kind, operatorName: holder } = visitor;
  const origin = HOMES[plate[0]] ?? ORIGINS[i % ORIGINS.length];
  const checkIn = { station: station.id, plate, kind, holder, phone: '', origin, crew: 2 };
  await visits.record({ ...entry('arrived', 0), kind: 'arrived', checkIn }, by);
  if (i % 4 !== 3) await visits.record({ ...entry('briefed', 6), kind: 'briefed', items: [...briefingItems] }, by);
  if (i % 2 === 0) await visits.record({ ...entry('lodged', 8), kind: 'lodged', place: '站内宿舍', nights: 3 }, by);
  const year = dayOf(dayStart(dayOf(startsAt))).slice(0, 4);
  const until = i === 2 ? `${year}-05-31` : `${year}-07-31`;
  const permit = {
    number: `皖00${12_345 + i * 17}`,
    plate,
    holder,
    issuedBy: origin.slice(3),
    crops: '小麦',
    from: `${year}-05-10`,
    to: until,
  };
  if (i % 3 !== 1)
    await visits.record(
      { ...entry('permit', 9), kind: 'permit', permit: { ...permit, operation: kind === 'combine' ? 'harvest' : 'sow' } },
      by,
    );
}

/** The station of its county that comes first, else the first of all. */
function nearest(stations: readonly Station[], { division }: Machine, registry: Registry): Station {
  return stations.find(station => registry.chain(station.division).includes(division)) ?? stations[0];
}

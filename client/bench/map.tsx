import { signal } from '@preact/signals';
import { render } from 'preact';
import type { ClockLine } from '../../shared/clock.ts';
import type { MachineRow } from '../../shared/contract.ts';
import type { ProblemCode } from '../../shared/reply.ts';
import type { Live } from '../connection/live.ts';
import type { DispatchMap } from '../map/dispatch-map.ts';
import { FieldStore } from '../map/field-store.ts';
import { MapView } from '../map/map-view.tsx';
import { deskFor } from '../state/desk.ts';
import type { Link, LinkState } from '../state/link-state.ts';
import { changedView, type LiveView, openedView } from '../state/live-view.ts';
import { fieldsOf, places, root, snapshotOf, tiled, updateOf } from './scene.ts';
import 'leaflet/dist/leaflet.css';
import '../style/base.css';
import '../style/desk.css';
import '../style/map.css';

export interface MapBench {
  /** Puts the map up and waits until all is drawn; tells what is. */
  prepare(wish: { machines: number; fields: number }): Promise<{ machines: number; badges: number; fields: number; zoom: number }>;
  /** Milliseconds from the arrival of each update to the second animation frame after it. */
  run(updates: number): Promise<number[]>;
  drawn(): { machines: number; badges: number; fields: number; zoom: number };
}

declare global {
  interface Window {
    mapBench: MapBench;
  }
}

const view = signal<LiveView | null>(null);
let map: DispatchMap | null = null;
let rows: MachineRow[] = [];
let fieldCount = 0;

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const frame = () => new Promise<number>(resolve => requestAnimationFrame(resolve));

const drawn: MapBench['drawn'] = () => ({ ...map!.machines.drawn, fields: map!.fields.drawnFields, zoom: map!.leaflet.getZoom() });

/** The dispatcher's own map over a connection that is played: only what arrives is made up. */
const prepare: MapBench['prepare'] = async wish => {
  const live: Live = {
    view,
    link: signal<Link>({ connected: true, lastBeatAt: 0, since: 0 }),
    clock: signal<ClockLine | null>(null),
    refused: signal<ProblemCode | null>(null),
    repairs: signal(0),
    watchTiles: tiles => setTimeout(() => map?.fields.replaceStages(tiles, []), 0),
    setClock: () => undefined,
    close: () => undefined,
  };
  const binding = {
    live,
    desk: deskFor(root, places),
    places,
    store: new FieldStore(tiled(fieldsOf(wish.fields))),
    tiles: null,
    onReady: (ready: DispatchMap) => {
      map = ready;
    },
    onTileFailure: () => undefined,
  };
  const snapshot = snapshotOf(wish.machines);
  rows = snapshot.machines;
  fieldCount = wish.fields;
  const app = document.getElementById('app')!;
  app.className = 'desk__map';
  render(<MapView binding={binding} link={signal<LinkState>('live')} />, app);
  while (map === null) await frame();
  view.value = openedView(snapshot);
  while (drawn().fields < wish.fields) await pause(100);
  await pause(1000);
  return drawn();
};

const run: MapBench['run'] = async updates => {
  const took: number[] = [];
  for (let step = 1; step <= updates; step++) {
    const update = updateOf(rows, fieldCount, step);
    rows = update.view.machines;
    // Arrivals do not keep time with the screen.
    await pause(30 + ((step * 7919) % 40));
    const arrived = performance.now();
    view.value = changedView(view.value!, update.view);
    map!.fields.changeStages(update.fields.fields);
    await frame();
    await frame();
    took.push(performance.now() - arrived);
  }
  return took;
};

window.mapBench = { prepare, run, drawn };

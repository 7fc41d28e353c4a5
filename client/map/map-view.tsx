import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { LngLat } from '../../shared/registry.ts';
import { candidateWords } from '../candidates/words.ts';
import { goToUnit, openDrawer, place } from '../connection/address.ts';
import type { Live } from '../connection/live.ts';
import { language, nameOf, words } from '../language/language.ts';
import type { Desk, Places } from '../state/desk.ts';
import { mu, percent, points } from '../state/format.ts';
import type { LinkState } from '../state/link-state.ts';
import { ranked } from '../state/ranking.ts';
import { bayWords } from '../station/bay-words.ts';
import { basemapSetting } from './basemap-setting.ts';
import { DispatchMap, FIELD_ZOOM, type MapHit, TOWN_ZOOM } from './dispatch-map.ts';
import type { FieldStore } from './field-store.ts';
import { followDrawing } from './follow-drawing.ts';
import { hoverText } from './hover-text.ts';
import type { OutlineLayer, OutlineUnit } from './outline-layer.ts';
import { ringsOf } from './rings.ts';
import { StationLayer } from './station-layer.ts';
import { UnsownLayer } from './unsown-layer.ts';

/** Further out the stations would hide what is more urgent. */
const STATION_ZOOM = 11;

export interface MapBinding {
  live: Live;
  desk: Desk;
  places: Places;
  store: FieldStore;
  tiles: string | null;
  /** Given the layer that the live connection feeds. */
  onReady(map: DispatchMap): void;
  onTileFailure(failing: boolean): void;
}

/** Mounts the map once and keeps it in step with the signals; nothing in here is drawn by the view library. */
export function MapView({ binding, link }: { binding: MapBinding; link: ReadonlySignal<LinkState> }) {
  const container = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const map = useRef<DispatchMap | null>(null);
  useEffect(() => {
    const bound = bind(binding, container.current!, tip.current!);
    map.current = bound.map;
    return bound.stop;
  }, [binding]);
  const text = words.value.map;
  return (
    <div class={`map ${link.value === 'lost' ? 'map--lost' : ''}`}>
      <div class="map__canvas" ref={container} role="application" aria-label={text.label} />
      <div class="map__buttons">
        <MapButton name={text.zoomIn} line="M3 9h12M9 3v12" press={() => map.current?.leaflet.zoomIn()} />
        <MapButton name={text.zoomOut} line="M3 9h12" press={() => map.current?.leaflet.zoomOut()} />
        <MapButton
          name={text.whole}
          line="M2 6V2h4M12 2h4v4M16 12v4h-4M6 16H2v-4"
          press={() => map.current?.showAll(extentOf(binding.desk, binding.desk.root), covered(), true)}
        />
      </div>
      <div class="map__tip" ref={tip} hidden />
    </div>
  );
}

const MapButton = ({ name, line, press }: { name: string; line: string; press: () => void }) => (
  <button type="button" aria-label={name} title={name} onClick={press}>
    <svg viewBox="0 0 18 18" width="16" height="16" aria-hidden="true">
      <path d={line} fill="none" stroke="currentColor" stroke-width="1.8" />
    </svg>
  </button>
);

/** Width of what lies over the right edge of the map: the drawer, or else the legend. */
const covered = (): number => {
  const cover = document.querySelector('.drawer') ?? document.querySelector('.keys__body');
  return cover && window.innerWidth > 800 ? cover.getBoundingClientRect().width : 0;
};

interface Bound {
  map: DispatchMap;
  stop: () => void;
}

function bind({ live, desk, places, store, tiles, onReady, onTileFailure }: MapBinding, container: HTMLElement, tip: HTMLElement): Bound {
  const map = new DispatchMap(container, {
    store,
    onTiles: live.watchTiles,
    onTileFailure,
    onPick: hit => {
      const drawing = desk.drawing.peek();
      if (drawing === null) pick(hit, desk);
      else if (drawing.kind === 'merge' && hit?.kind === 'field' && hit.id !== drawing.id) desk.partner.value = hit.id;
      // While a boundary is drawn a click is one of its corners.
    },
    onPlace: at => {
      if (desk.mayOrder && desk.drawing.peek() === null) openDrawer({ kind: 'nearest', at });
    },
    onHover: (hit, x, y) => showTip(tip, hit === null ? [] : hoverText(hit, live.view.value, desk), x, y),
  });
  map.counties.setUnits(outlines(places, 'county'));
  map.towns.setUnits(outlines(places, 'town'));
  onReady(map);

  const setting = basemapSetting(tiles);
  const basemap = setting ? map.addBasemap(setting) : null;
  const stations = new StationLayer(places.stations, desk.seesStations ? id => openDrawer({ kind: 'station', id }) : null);
  const unsown = new UnsownLayer(id => openDrawer({ kind: 'field', id })).addTo(map.leaflet);
  const refit = () => map.leaflet.invalidateSize({ animate: false });
  const size = new ResizeObserver(refit);
  size.observe(container);

  const detail = () => {
    const zoom = map.leaflet.getZoom();
    const shown = untracked(() => desk.layers.value);
    const hasTowns = shown.has('hulls');
    const county = openCounty(desk);
    const shaded = zoom < FIELD_ZOOM && shown.has('shading') ? 'shaded' : 'line';
    const showsTowns = (code: string | null) => hasTowns && (zoom >= TOWN_ZOOM || (code === county && zoom >= STATION_ZOOM - 1));
    map.counties.setDetail(code => (showsTowns(code) ? 'line' : shaded));
    if (shown.has('stations') && zoom >= STATION_ZOOM) stations.addTo(map.leaflet);
    else stations.remove();
    map.towns.setDetail(code => (showsTowns(desk.divisions.get(code)?.parent ?? null) ? shaded : 'hidden'));
    spread();
  };
  const spread = () => {
    const known = [...(live.view.peek()?.units.values() ?? []), ...desk.asked.peek().values()];
    const order = ranked(known, desk.operation.peek(), 'late').map(unit => unit.code);
    for (const layer of [map.counties, map.towns]) layer.spread(map.leaflet, order);
  };
  map.leaflet.on('zoomend', detail);

  const stops = [
    effect(() => {
      const view = live.view.value;
      if (view) map.machines.show(view.machines, view.cards, view.asOf);
    }),
    effect(() => {
      label(map, live, desk);
      spread();
    }),
    effect(() => {
      const shown = desk.layers.value;
      for (const [layer, name] of [
        [map.fields, 'fields'],
        [map.candidates, 'candidates'],
        [map.machines, 'machines'],
      ] as const) {
        if (shown.has(name)) layer.addTo(map.leaflet);
        else layer.remove();
      }
      basemap?.setShown(shown.has('basemap'));
      detail();
    }),
    effect(() => map.trail.show(desk.trail.value)),
    effect(() => {
      const { unsownField } = words.value.map;
      unsown.show(desk.unsown.value, ({ village, hours }) => unsownField(village, hours.toFixed(0)));
    }),
    effect(() => {
      const { area } = words.value;
      const { sign } = candidateWords.value;
      map.candidates.show(desk.candidates.value ?? [], one => `${sign} ${area(mu(one.areaMu))}`);
    }),
    effect(() => map.pin.show(desk.pin.value)),
    effect(() => stations.write(bayWords.value.drawer.sign)),
    effect(() => {
      const { drawer } = place.value;
      detail();
      map.machines.choose(drawer?.kind === 'machine' ? drawer.id : null);
      map.fields.choose(drawer?.kind === 'field' ? drawer.id : null);
      map.candidates.choose(drawer?.kind === 'candidate' ? drawer.id : null);
    }),
    effect(() => {
      const { drawer } = place.value;
      const station = drawer?.kind === 'station' ? places.stations.find(({ id }) => id === drawer.id) : undefined;
      if (station) desk.focus.value = { at: station.location, zoom: 14 };
    }),
    effect(() => {
      const focus = desk.focus.value;
      if (focus) requestAnimationFrame(() => map.lookAt(focus.at, focus.zoom, covered()));
    }),
    followUnit(map, desk),
    // On a narrow page the drawer makes room meanwhile.
    followDrawing(map, desk, () => (window.innerWidth > 1100 ? covered() : 0)),
  ];
  const stop = () => {
    for (const stopOne of stops) stopOne();
    size.disconnect();
    map.remove();
  };
  return { map, stop };
}

function extentOf(desk: Desk, code: string): LngLat[] {
  const division = desk.divisions.get(code);
  return division?.outline ? ringsOf(division.outline).flat(2) : (division?.hull ?? []);
}

/** The county that is open in the panel, itself or by one of its towns. */
function openCounty(desk: Desk): string | null {
  const unit = desk.divisions.get(place.peek().division ?? desk.root);
  return unit?.level === 'county' ? unit.code : unit?.level === 'town' ? unit.parent : null;
}

/** Flies to the unit of the address whenever it becomes another one. */
function followUnit(map: DispatchMap, desk: Desk): () => void {
  let shown: string | null = null;
  return effect(() => {
    const code = place.value.division ?? desk.root;
    map.counties.choose(code);
    map.towns.choose(code);
    if (code === shown) return;
    map.showAll(extentOf(desk, code), covered(), shown !== null);
    shown = code;
  });
}

function outlines(places: Places, level: 'county' | 'town'): OutlineUnit[] {
  return places.divisions
    .filter(division => division.level === level)
    .map(({ code, outline, hull }) => {
      const parts = ringsOf(outline);
      if (parts.length > 0) return { code, parts, schematic: false };
      return { code, parts: hull && hull.length > 2 ? [[[...hull, hull[0]]]] : [], schematic: true };
    });
}

function label(map: DispatchMap, live: Live, desk: Desk): void {
  const view = live.view.value;
  const operation = desk.operation.value;
  const text = words.value;
  void language.value;
  for (const division of desk.divisions.values()) {
    const now = (view?.units.get(division.code) ?? desk.asked.value.get(division.code))?.[operation];
    const layer: OutlineLayer = division.level === 'town' ? map.towns : map.counties;
    layer.setLabel(division.code, {
      name: division.level === 'town' ? `${nameOf(division)}` : nameOf(division),
      figure: now ? percent(now.progress) : '',
      late: now?.lateBy && now.lateBy >= 0.00005 ? `▾ ${text.late} ${points(now.lateBy)}` : null,
      progress: now?.progress ?? null,
    });
  }
}

function pick(hit: MapHit | null, desk: Desk): void {
  if (hit === null) return;
  if (hit.kind === 'unit') goToUnit(hit.code);
  else if (hit.kind === 'badge') {
    desk.badge.value = hit.ids;
    openDrawer({ kind: 'machines' });
  } else openDrawer({ kind: hit.kind, id: hit.id });
}

function showTip(tip: HTMLElement, lines: string[], x: number, y: number): void {
  tip.hidden = lines.length === 0;
  tip.parentElement!.classList.toggle('map--pointing', lines.length > 0);
  if (lines.length === 0) return;
  tip.replaceChildren(
    ...lines.map(line => {
      const row = document.createElement('div');
      row.textContent = line;
      return row;
    }),
  );
  const { clientWidth, clientHeight } = tip.parentElement!;
  const left = x + 16 + tip.offsetWidth > clientWidth ? x - 12 - tip.offsetWidth : x + 16;
  const top = Math.min(y + 14, clientHeight - tip.offsetHeight - 4);
  tip.style.transform = `translate(${left}px, ${top}px)`;
}

import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { isAllowed, permissions } from '../../shared/permissions.ts';
import { CandidateDrawer } from '../candidates/candidate-drawer.tsx';
import { CandidateFeed } from '../candidates/candidate-feed.tsx';
import { CandidateList } from '../candidates/candidate-list.tsx';
import { closeDrawer, goTo, goToUnit, openDrawer, place } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask } from '../connection/http.ts';
import { type Live, openLive } from '../connection/live.ts';
import { enter, type Session, type Welcome } from '../connection/session.ts';
import { ForecastDrawer } from '../forecast/forecast-drawer.tsx';
import { UnsownFeed } from '../forecast/unsown-feed.tsx';
import { words } from '../language/language.ts';
import { basemapSetting } from '../map/basemap-setting.ts';
import type { DispatchMap } from '../map/dispatch-map.ts';
import { FieldStore } from '../map/field-store.ts';
import { type MapBinding, MapView } from '../map/map-view.tsx';
import { NearestDrawer } from '../orders/nearest-drawer.tsx';
import { mayOpen } from '../pages.ts';
import { DataLine } from '../panels/data-line.tsx';
import { DeskFoot } from '../panels/desk-foot.tsx';
import { dispatchFrom, focusedUnit } from '../panels/dispatch-from.ts';
import { DrawingBar } from '../panels/drawing-bar.tsx';
import { FieldDrawer } from '../panels/field-drawer.tsx';
import { FieldList } from '../panels/field-list.tsx';
import { Header } from '../panels/header.tsx';
import { MachineDrawer } from '../panels/machine-drawer.tsx';
import { MachineList } from '../panels/machine-list.tsx';
import { MapCard } from '../panels/map-card.tsx';
import { MapKeys } from '../panels/map-keys.tsx';
import { Failure } from '../panels/message.tsx';
import { PageTools } from '../panels/page-tools.tsx';
import { PartsDrawer } from '../panels/parts-drawer.tsx';
import { RepairDrawer } from '../panels/repair-drawer.tsx';
import { RepairList } from '../panels/repair-list.tsx';
import { SeasonOver } from '../panels/season-over.tsx';
import { StationDrawer } from '../panels/station-drawer.tsx';
import { UnitPanel } from '../panels/unit-panel.tsx';
import { RegroupBar } from '../regroup/regroup-bar.tsx';
import { type Desk, deskFor, type Places } from '../state/desk.ts';
import { type Drawing, isRegroup } from '../state/drawing.ts';
import { linkState } from '../state/link-state.ts';
import type { LiveView } from '../state/live-view.ts';
import { isOfBoard, type Place } from '../state/route.ts';
import { seasonNow } from '../state/season-now.ts';
import { Gate } from './gate.tsx';

import 'leaflet/dist/leaflet.css';
import '../style/desk.css';
import '../style/header.css';
import '../style/panel.css';
import '../style/map.css';
import '../style/drawer.css';
import '../style/narrow.css';

/** Where the season is watched: the map, what is done beside it, and a drawer for whatever is looked at. */
export function Dispatcher({ welcome, session }: { welcome: Welcome; session: Session }) {
  const places = useAnswer('places', {}).value;
  if (places.state === 'loading') return <div class="waiting">{words.value.loading}</div>;
  if (places.state === 'failed')
    return (
      <Gate>
        <Failure code={places.code} retry={places.retry} />
      </Gate>
    );
  const root = session.division ?? places.value.divisions.find(division => division.level === 'city')?.code;
  if (root === undefined || welcome.season === null) return <NoSeason session={session} />;
  return <Desktop welcome={welcome} session={session} places={places.value} root={root} />;
}

function NoSeason({ session }: { session: Session }) {
  const { map, pages } = words.value;
  return (
    <Gate>
      <h2>{map.noSeason}</h2>
      <p>{map.noSeasonNext}</p>
      {mayOpen(session, 'setup') && (
        <a class="link" href="/setup">
          {pages.setup}
        </a>
      )}
    </Gate>
  );
}

function Desktop({ welcome, session, places, root }: { welcome: Welcome; session: Session; places: Places; root: string }) {
  const desk = useMemo(() => {
    const may = permissions[session.role];
    return deskFor(root, places, {
      mayDraw: may['field:write'] !== 'none',
      seesRepairs: may['repair:read'] !== 'none',
      seesStations: may['station:read'] !== 'none',
      seesOrders: may['order:read'] !== 'none',
      mayOrder: may['order:write'] !== 'none',
      mayAsk: may['request:write'] !== 'none',
      seesEvidence: may['evidence:read'] !== 'none',
      seesTrails: may['machine:trail'] !== 'none',
      mayClaims: may['objection:read'] !== 'none',
    });
  }, [root, places, session]);
  const tilesFailing = useSignal(false);
  const keysAsked = useSignal(0);
  const tick = useSignal(Date.now());
  const search = useRef<HTMLInputElement>(null);

  const { live, binding } = useMemo(() => {
    let map: DispatchMap | null = null;
    const connection = openLive(
      root,
      {
        onStages: (tiles, rows) => map?.fields.replaceStages(tiles, rows),
        onChange: rows => map?.fields.changeStages(rows),
        onReshape: tiles => map?.fields.reload(tiles),
      },
      { onSessionEnd: () => void enter(true) },
    );
    const bound: MapBinding = {
      live: connection,
      desk,
      places,
      store: new FieldStore((x, y) => ask('fieldTile', { x, y })),
      tiles: welcome.tiles,
      onReady: ready => {
        map = ready;
      },
      onTileFailure: failing => {
        tilesFailing.value = failing;
      },
    };
    return { live: connection, binding: bound };
  }, [root, desk]);

  useEffect(() => {
    const timer = setInterval(() => {
      tick.value = Date.now();
    }, 500);
    return () => {
      clearInterval(timer);
      live.close();
    };
  }, [live, desk]);

  const keys = useMemo(() => mapKeys(desk, () => search.current?.select()), [desk]);
  const link = useComputed(() => linkState(live.link.value, Math.max(tick.value, live.link.value.lastBeatAt ?? 0)));
  const view = live.view.value;
  const now = view && seasonNow(view.asOf, live.link.value.lastBeatAt ?? 0, live.clock.value?.speed ?? 1, tick.value);
  const silentS = Math.round((tick.value - (live.link.value.lastBeatAt ?? tick.value)) / 1000);
  const hasFields = places.divisions.some(division => division.fieldCount > 0);

  return (
    <div class="desk">
      <Header
        session={session}
        live={live}
        desk={desk}
        now={now}
        search={search}
        onKeys={() => {
          keysAsked.value += 1;
        }}
      />
      <div class="desk__main">
        <UnitPanel view={view} desk={desk} />
        <div class="desk__map">
          <MapView binding={binding} link={link} />
          <div class="map__corner">
            <MapKeys desk={desk} hasBasemap={welcome.tiles !== null} />
          </div>
          <footer class="map__foot">
            <DataLine asOf={view?.asOf ?? null} state={link.value} silentS={silentS} />
            <Credit source={places.source} tiles={welcome.tiles} />
          </footer>
          {tilesFailing.value && link.value === 'live' && <p class="map__notice">{words.value.map.tilesFailed}</p>}
          {live.refused.value && <MapCard title={words.value.map.lost} lead={words.value.problems[live.refused.value]} />}
          {!hasFields && !live.refused.value && <MapCard title={words.value.map.noFields} lead={words.value.map.noFieldsNext} />}
          {view?.warnings.map(warning => (
            <p class="map__notice" role="alert" key={warning}>
              {words.value.warnings[warning]}
            </p>
          ))}
          {session.demo && now !== null && view && <SeasonOver view={view} now={now} maySet={isAllowed(session, 'clock:set', {})} />}
          {desk.layers.value.has('unsown') && <UnsownFeed division={place.value.division ?? desk.root} desk={desk} />}
          <CandidateFeed desk={desk} />
          {desk.drawing.value && <MapHand desk={desk} drawing={desk.drawing.value} />}
          <OpenDrawer desk={desk} view={view} live={live} now={now ?? Date.now()} session={session} />
        </div>
      </div>
      {mayOpen(session, 'board') && <DeskFoot desk={desk} unit={place.value.division ?? root} repairs={live.repairs.value} />}
      <PageTools
        session={session}
        keysAsked={keysAsked.value}
        {...keys}
        rows={desk.mayAsk ? [{ keys: ['d'], what: words.value.keys.dispatch }] : []}
      />
    </div>
  );
}

const MapHand = ({ desk, drawing }: { desk: Desk; drawing: Drawing }) =>
  isRegroup(drawing) ? <RegroupBar desk={desk} drawing={drawing} /> : <DrawingBar desk={desk} drawing={drawing} />;

/** What keys do on the map in its own way. */
const mapKeys = (desk: Desk, focusSearch: () => void) => ({
  divisionOf: () => place.value.division,
  focusSearch,
  up: () => {
    const { division, drawer } = place.value;
    if (drawer) closeDrawer();
    else if (division !== null && division !== desk.root) goToUnit(desk.divisions.get(division)?.parent ?? null);
  },
  ...(desk.mayAsk && {
    keys: { KeyD: () => location.assign(dispatchFrom(focusedUnit() ?? place.value.division ?? desk.root)) },
  }),
  goHere: (there: Place) => {
    if (isOfBoard(there)) return false;
    goTo(there);
    return true;
  },
  own: {
    map: closeDrawer,
    fields: () => openDrawer({ kind: 'fields' }),
    repairs: () => {
      if (desk.seesRepairs) openDrawer({ kind: 'repairs' });
    },
    machines: () => {
      desk.badge.value = null;
      openDrawer({ kind: 'machines' });
    },
  },
});

interface DrawerParts {
  desk: Desk;
  view: LiveView | null;
  live: Live;
  now: number;
  session: Session;
}

function OpenDrawer({ desk, view, live, now, session }: DrawerParts) {
  const { division, drawer } = place.value;
  const code = division ?? desk.root;
  if (drawer === null) return null;
  if (drawer.kind === 'machine') return <MachineDrawer key={drawer.id} id={drawer.id} view={view} now={now} desk={desk} />;
  if (drawer.kind === 'field') return <FieldDrawer key={drawer.id} id={drawer.id} view={view} now={now} desk={desk} />;
  if (drawer.kind === 'parts') return <PartsDrawer division={code} topic={drawer.topic} view={view} now={now} desk={desk} />;
  if (drawer.kind === 'forecast') return <ForecastDrawer key={code} division={code} operation={drawer.operation} now={now} desk={desk} />;
  if (drawer.kind === 'nearest') return desk.mayOrder ? <NearestDrawer key={drawer.at.join()} at={drawer.at} desk={desk} /> : null;
  if (drawer.kind === 'candidate') return <CandidateDrawer key={drawer.id} id={drawer.id} view={view} now={now} desk={desk} />;
  if (drawer.kind === 'candidates') return <CandidateList key={code} division={code} desk={desk} now={now} />;
  if (drawer.kind === 'fields') return <FieldList division={code} desk={desk} />;
  const changes = live.repairs.value;
  if (drawer.kind === 'station')
    return desk.seesStations ? <StationDrawer key={drawer.id} id={drawer.id} changes={changes} now={now} desk={desk} /> : null;
  if (drawer.kind === 'repairs') return <RepairList division={code} changes={changes} now={now} desk={desk} />;
  if (drawer.kind === 'repair')
    return <RepairDrawer key={drawer.id} id={drawer.id} changes={changes} now={now} desk={desk} session={session} />;
  return drawer.kind === 'machines' ? <MachineList division={code} view={view} desk={desk} /> : null;
}

/** Whose outlines and tiles these are: a legal duty, always in sight. */
function Credit({ source, tiles }: { source: string; tiles: string | null }) {
  const attribution = basemapSetting(tiles)?.attribution ?? '';
  return <p class="map__credit">{[source, attribution, 'Leaflet'].filter(Boolean).join(' · ')}</p>;
}

import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { permissions } from '../../shared/permissions.ts';
import type { PageParts } from '../app.tsx';
import { place } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask } from '../connection/http.ts';
import { type Live, openLive } from '../connection/live.ts';
import { useNews } from '../connection/news.ts';
import { enter } from '../connection/session.ts';
import { words } from '../language/language.ts';
import type { DispatchMap } from '../map/dispatch-map.ts';
import { FieldStore } from '../map/field-store.ts';
import { type MapBinding, MapView } from '../map/map-view.tsx';
import { DataLine } from '../panels/data-line.tsx';
import { Awaited, Quiet } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { type Desk, deskFor, type Places } from '../state/desk.ts';
import { linkState } from '../state/link-state.ts';
import { seasonNow } from '../state/season-now.ts';
import { BoardLists } from './board-lists.tsx';
import { boardWords } from './words.ts';

import 'leaflet/dist/leaflet.css';
import '../style/map.css';
import './board.css';

/** 调度台: who will be late, what is advised, which orders and requests wait, which machines stand idle; beside it the map in step. */
export function Board({ welcome, session }: PageParts) {
  const places = useAnswer('places', {}).value;
  if (places.state !== 'ready' || welcome.season === null)
    return (
      <OfficePage session={session} title={boardWords.value.title}>
        {welcome.season === null ? <Quiet>{words.value.map.noSeasonNext}</Quiet> : <Awaited answer={places}>{() => null}</Awaited>}
      </OfficePage>
    );
  const root = session.division ?? places.value.divisions.find(division => division.level === 'city')?.code;
  if (root === undefined)
    return (
      <OfficePage session={session} title={boardWords.value.title}>
        <Quiet>{words.value.map.noSeasonNext}</Quiet>
      </OfficePage>
    );
  return <WorkingBoard welcome={welcome} session={session} places={places.value} root={root} />;
}

interface WorkingParts extends PageParts {
  places: Places;
  root: string;
}

/** The room of the unit, and the map that it feeds. */
function connect(
  root: string,
  desk: Desk,
  { places, welcome }: Pick<WorkingParts, 'places' | 'welcome'>,
): { live: Live; binding: MapBinding } {
  let map: DispatchMap | null = null;
  const live = openLive(
    root,
    {
      onStages: (tiles, rows) => map?.fields.replaceStages(tiles, rows),
      onChange: rows => map?.fields.changeStages(rows),
      onReshape: tiles => map?.fields.reload(tiles),
    },
    { onSessionEnd: () => void enter(true) },
  );
  const binding: MapBinding = {
    live,
    desk,
    places,
    store: new FieldStore((x, y) => ask('fieldTile', { x, y })),
    tiles: welcome.tiles,
    onReady: ready => {
      map = ready;
    },
    onTileFailure: () => undefined,
  };
  return { live, binding };
}

function WorkingBoard({ welcome, session, places, root }: WorkingParts) {
  const desk = useMemo(() => deskFor(root, places, { seesRepairs: permissions[session.role]['repair:read'] !== 'none' }), [root, places]);
  const { live, binding } = useMemo(() => connect(root, desk, { places, welcome }), [root, desk]);
  const tick = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      tick.value = Date.now();
    }, 1000);
    return () => {
      clearInterval(timer);
      live.close();
    };
  }, [live]);
  const news = useNews(root);
  const link = useComputed(() => linkState(live.link.value, Math.max(tick.value, live.link.value.lastBeatAt ?? 0)));
  const view = live.view.value;
  const now = view ? seasonNow(view.asOf, live.link.value.lastBeatAt ?? 0, live.clock.value?.speed ?? 1, tick.value) : Date.now();
  const silentS = Math.round((tick.value - (live.link.value.lastBeatAt ?? tick.value)) / 1000);
  const named = place.value.division;
  const unit = named !== null && desk.divisions.has(named) ? named : root;
  return (
    <BoardLists
      session={session}
      parts={{ desk, view, now, unit, chosen: place.value.drawer, news: news.value.counts, repairs: live.repairs.value }}
      isLost={link.value === 'lost'}
      line={<DataLine asOf={view?.asOf ?? null} state={link.value} silentS={silentS} />}
      map={<MapView binding={binding} link={link} />}
      credit={places.source}
    />
  );
}

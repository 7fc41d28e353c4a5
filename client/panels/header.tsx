import type { Ref } from 'preact';
import { isAllowed } from '../../shared/permissions.ts';
import type { Live } from '../connection/live.ts';
import type { Session } from '../connection/session.ts';
import { dayName } from '../language/dates.ts';
import { words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import { timeOfDay } from '../state/format.ts';
import { ClockControls } from './clock-controls.tsx';
import { Deadlines } from './deadlines.tsx';
import { SearchBox } from './search-box.tsx';
import { UserMenu } from './user-menu.tsx';

export interface HeaderParts {
  session: Session;
  live: Live;
  desk: Desk;
  /** The season's time now; null until the view has come. */
  now: number | null;
  search: Ref<HTMLInputElement>;
  onKeys: () => void;
}

/** Product, season and its time, both deadlines, search, the person. */
export function Header({ session, live, desk, now, search, onKeys }: HeaderParts) {
  const text = words.value;
  const season = live.view.value?.season;
  return (
    <header class="header">
      <div class="header__brand">
        <strong>{text.productName}</strong>
        {session.demo && (
          <span class="badge" title={text.demoExplained}>
            {text.demo}
          </span>
        )}
      </div>
      {season && now !== null && (
        <>
          <div class="header__season">
            <span class="header__name">{text.seasonName(season)}</span>
            <span class="header__time">
              {dayName(now)} <b>{timeOfDay(now)}</b>
            </span>
          </div>
          {session.demo && <ClockControls clock={live.clock.value} live={live} maySet={isAllowed(session, 'clock:set', {})} />}
          <Deadlines season={season} now={now} />
        </>
      )}
      <div class="header__space" />
      <SearchBox desk={desk} input={search} />
      <UserMenu session={session} onKeys={onKeys} hasPages />
    </header>
  );
}

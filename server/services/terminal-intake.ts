import gcoord from 'gcoord';
import type { Terminal } from '../../shared/terminal.ts';
import type { Duties } from './duties.ts';
import type { TerminalFix, TerminalOutboxes } from './terminal-outboxes.ts';
import type { Terminals } from './terminals.ts';

export type Located = Pick<TerminalFix, 'fixTime' | 'lng' | 'lat' | 'speedKmh' | 'headingDeg'> & { positioned: boolean };

/** From the locations of an enrolled terminal to the log: without place or off duty they are dropped and counted, all others stored. */
export class TerminalIntake {
  constructor(private readonly deps: { terminals: Terminals; outboxes: TerminalOutboxes; duties: Duties }) {}

  /** Ends when everything that is kept is durable. A null is a location that could not be read. */
  async take(terminal: Terminal, locations: readonly (Located | null)[]): Promise<void> {
    const { terminals, outboxes, duties } = this.deps;
    const usable = locations.filter((one): one is Located => one?.positioned === true);
    const wereOff = await duties.wereOff(
      terminal.machine,
      usable.map(({ fixTime }) => fixTime),
    );
    const kept = usable.filter((_, i) => !wereOff[i]);
    terminals.count(terminal.number, { unusable: locations.length - usable.length, offDuty: usable.length - kept.length });
    if (kept.length === 0) return;
    const fixes = kept.map(one => fixOf(one, terminal.datum));
    const { accepted, refused, known, late } = await outboxes.take(terminal.machine, `jt808-${terminal.number}`, fixes);
    terminals.count(terminal.number, { accepted, refused, known, late });
  }
}

function fixOf({ fixTime, lng, lat, speedKmh, headingDeg }: Located, datum: Terminal['datum']): TerminalFix {
  const place = datum === 'wgs84' ? [lng, lat] : gcoord.transform([lng, lat], gcoord.GCJ02, gcoord.WGS84);
  return { fixTime, lng: place[0], lat: place[1], speedKmh, headingDeg, accuracyM: null, widthM: null, working: null };
}

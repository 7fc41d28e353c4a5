import type { Signal } from '@preact/signals';
import type { Evidence } from '../../shared/evidence.ts';
import { trackStyle } from './drawing.ts';
import { CELL_COLOURS } from './paint-cells.ts';
import { evidenceWords } from './words.ts';

const css = (colour: readonly number[]): string => `rgb(${colour.join(' ')})`;

/** What the colours and lines are. */
export function Legend({ evidence, work, showsTracks }: LegendParts) {
  const text = evidenceWords.value;
  const { operation } = evidence;
  const { covered, closed } = CELL_COLOURS[operation];
  return (
    <figcaption class="legend">
      <span>
        <i class="legend__cell" style={{ background: css(covered) }} />
        {text.legend.covered[operation]}
      </span>
      <span>
        <svg class="legend__cell" width="18" height="12" aria-hidden="true">
          <rect width="18" height="12" fill={css(covered)} />
          <path d="M-3 12L9 0M3 12L15 0M9 12L21 0" stroke="#3a3228" stroke-width="2" />
        </svg>
        {text.legend.overlap}
      </span>
      {work.figures.closedMu > 0 && (
        <span>
          <i class="legend__cell" style={{ background: css(closed) }} />
          {text.legend.closed}
        </span>
      )}
      <span>
        <i class="legend__cell" style={{ background: '#ffffff' }} />
        {text.legend.open[operation]}
      </span>
      <span>
        <i class="legend__boundary" />
        {text.legend.boundary}
      </span>
      {work.picture.tracks.map(({ machine }) => (
        <span key={machine}>
          <TrackSample machine={machine} />
          {work.machines[machine].plate}
        </span>
      ))}
      <label class="legend__switch">
        <input
          type="checkbox"
          checked={showsTracks.value}
          onChange={event => {
            showsTracks.value = event.currentTarget.checked;
          }}
        />
        {text.legend.tracks}
      </label>
    </figcaption>
  );
}

interface LegendParts {
  evidence: Evidence;
  work: NonNullable<Evidence['work']>;
  showsTracks: Signal<boolean>;
}

export function TrackSample({ machine }: { machine: number }) {
  const { colour, dash } = trackStyle(machine);
  return (
    <svg class="legend__track" width="26" height="8" aria-hidden="true">
      <line x1="0" y1="4" x2="26" y2="4" stroke={colour} stroke-width="2" stroke-dasharray={dash} />
    </svg>
  );
}

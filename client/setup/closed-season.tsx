import { useSignal } from '@preact/signals';
import { DateTime } from 'luxon';
import type { SealedSeason } from '../../shared/routes/setup.ts';
import { type Season, ZONE } from '../../shared/season.ts';
import { useAnswer } from '../connection/answer.ts';
import { nameOf, words } from '../language/language.ts';
import { Awaited } from '../panels/message.tsx';
import { percent, tenThousandMu } from '../state/format.ts';
import { SeasonForm } from './season-form.tsx';
import { setupWords } from './words.ts';

/** The last season is sealed: its figures, and the way to the next one. */
export function ClosedSeason({ season, now }: { season: Season; now: number }) {
  const text = setupWords.value.close;
  const waiting = useSignal(false);
  const sealed = useAnswer('sealedSeason', { year: season.year }).value;
  // The program comes up anew on the new season: the page waits until it is there.
  const goOver = async () => {
    waiting.value = true;
    const again = async (): Promise<void> => {
      const state = await fetch('/healthz').catch(() => null);
      if (state?.ok) location.reload();
      else setTimeout(() => void again(), 1000);
    };
    setTimeout(() => void again(), 3000);
  };
  return (
    <div class="closed-season">
      <p class="note">
        {text.isClosed(
          words.value.seasonName(season),
          DateTime.fromMillis(season.closedAt ?? 0, { zone: ZONE }).toFormat('yyyy-MM-dd HH:mm'),
        )}
      </p>
      <Awaited answer={sealed}>{value => <Figures sealed={value} />}</Awaited>
      <section class="step step--next">
        <div class="step__body">
          <h2>{text.nextTitle}</h2>
          <p>{text.nextLead}</p>
          {waiting.value ? (
            <p class="import__busy" role="status">
              {text.goingOver}
            </p>
          ) : (
            <SeasonForm season={null} now={now} after={season.year} saved={goOver} />
          )}
        </div>
      </section>
    </div>
  );
}

function Figures({ sealed }: { sealed: SealedSeason }) {
  const { close: text, form } = setupWords.value;
  return (
    <div class="findings__table">
      <table>
        <thead>
          <tr>
            <th>{text.unit}</th>
            <th>{text.planted}</th>
            <th>{`${form.harvest} ${text.area}`}</th>
            <th>{`${form.harvest} ${text.progress}`}</th>
            <th>{form.harvestRate}</th>
            <th>{`${form.sow} ${text.area}`}</th>
            <th>{`${form.sow} ${text.progress}`}</th>
            <th>{form.sowRate}</th>
          </tr>
        </thead>
        <tbody>
          {sealed.units
            .filter(unit => unit.level !== 'town')
            .map(unit => (
              <tr key={unit.code}>
                <td>{nameOf(unit)}</td>
                <td>{tenThousandMu(unit.plantedMu)}</td>
                <td>{tenThousandMu(unit.harvest.headlineMu)}</td>
                <td>{percent(unit.harvest.progress)}</td>
                <td>{percent(unit.harvest.machineRate)}</td>
                <td>{tenThousandMu(unit.sow.headlineMu)}</td>
                <td>{percent(unit.sow.progress)}</td>
                <td>{percent(unit.sow.machineRate)}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <p class="muted closed-season__digest">{`${text.digest} ${sealed.digest.fixSha256.slice(0, 16)} · ${sealed.digest.coverageSha256.slice(0, 16)}`}</p>
    </div>
  );
}

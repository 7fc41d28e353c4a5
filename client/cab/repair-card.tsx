import type { RepairCall } from '../../shared/repair.ts';
import { faultWords } from '../language/faults.ts';
import { words } from '../language/language.ts';
import { FaultIcon } from '../panels/fault-icon.tsx';
import { timeOfDay } from '../state/format.ts';
import { stored } from './cab-state.ts';
import type { Errand } from './store.ts';
import { cabWords } from './words.ts';

/** The breakdown from the tap to the station: waiting on the phone, received, taken. */
export function RepairCard() {
  const { errands, facts } = stored.value!;
  const calls = errands.filter(({ route, outbox }) => route === 'callRepair' && outbox === facts.current);
  const open = facts.cab?.repair ?? null;
  const last = calls.at(-1);
  if (last && last.state !== 'received') return <Waiting call={last} />;
  if (!open) return null;
  const text = cabWords.value;
  // A copy that the phone kept from an older program knows no stage.
  const stage = open.stage ?? (open.startedAt === null ? 'called' : 'diagnosing');
  const said = open.station === null ? text.repairReceived : text.repairStages[stage](open.station);
  return <Card fault={open.fault} said={said} at={open.calledAt} isAmber={false} />;
}

function Waiting({ call }: { call: Errand }) {
  const text = cabWords.value;
  const { fault, calledAt } = call.body as RepairCall;
  const said =
    call.state === 'refused' ? `${text.repairRefused}${words.value.colon}${refusalSaid(call.problem ?? '')}` : text.repairWaiting;
  return <Card fault={fault} said={said} at={calledAt} isAmber />;
}

function refusalSaid(problem: string): string {
  const { closed, other } = cabWords.value.repairConflicts;
  return problem.includes('season is closed') ? closed : other;
}

function Card({ fault, said, at, isAmber }: { fault: RepairCall['fault']; said: string; at: number; isAmber: boolean }) {
  const { errands, facts } = stored.value!;
  const hasPhoto = errands.some(({ route, outbox, state }) => route === 'addPhoto' && outbox === facts.current && state === 'waiting');
  return (
    <section class={`cab-repair ${isAmber ? 'cab-repair--waiting' : ''}`} role="status">
      <FaultIcon fault={fault} size={48} />
      <div>
        <strong>{faultWords.value[fault]}</strong>
        <p>{said}</p>
        <p class="cab-small">{cabWords.value.repairCalled(timeOfDay(at))}</p>
        {hasPhoto && <p class="cab-small">{cabWords.value.photoWaiting}</p>}
      </div>
    </section>
  );
}

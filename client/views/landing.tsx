import { useAnswer } from '../connection/answer.ts';
import { type Session, signOut } from '../connection/session.ts';
import { words } from '../language/language.ts';
import { MachineFacts } from '../panels/machine-facts.tsx';
import { Awaited } from '../panels/message.tsx';
import { Gate } from './gate.tsx';

/** For roles without a page of their own yet: what they can see now, and the way back. */
export function Landing({ session }: { session: Session }) {
  const text = words.value;
  const leads: Partial<Record<Session['role'], string>> = {
    operator: text.landing.operatorLead,
    station: text.landing.stationLead,
    device: text.landing.deviceLead,
  };
  return (
    <Gate>
      <h2>{text.landing.title(text.roles[session.role])}</h2>
      <p>{leads[session.role] ?? text.landing.otherLead}</p>
      {session.role === 'operator' &&
        (session.machine ? <OwnMachine id={session.machine} /> : <p class="note">{text.landing.noMachine}</p>)}
      <button type="button" class="button button--main" onClick={() => void signOut()}>
        {session.demo ? text.landing.back : text.landing.signOut}
      </button>
    </Gate>
  );
}

function OwnMachine({ id }: { id: string }) {
  const machine = useAnswer('machine', { id }, 3_000).value;
  return (
    <Awaited answer={machine}>
      {value => <MachineFacts machine={value} row={undefined} now={value.lastFixTime ?? Date.now()} unitName="" />}
    </Awaited>
  );
}

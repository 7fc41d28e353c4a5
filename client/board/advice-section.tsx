import { isAllowed } from '../../shared/permissions.ts';
import { AdviceCard } from '../advice/advice-card.tsx';
import { AskAdvice } from '../advice/ask-advice.tsx';
import { useFresh } from '../connection/fresh.ts';
import type { Session } from '../connection/session.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { type BoardParts, choose } from './board-parts.ts';
import { Panel } from './panel.tsx';
import { boardWords } from './words.ts';

/** What is advised, with why: a card each, to be approved, changed or refused where it stands. */
export function AdviceSection({ desk, unit, now, news, session }: BoardParts & { session: Session }) {
  const text = boardWords.value.advice;
  const answer = useFresh('adviceList', { division: unit }, news.advice);
  const reload = () => {
    if (answer.state === 'ready') answer.reload();
  };
  const chainOf = (code: string): string[] => {
    const chain: string[] = [];
    for (let at: string | null = code; at !== null; at = desk.divisions.get(at)?.parent ?? null) chain.push(at);
    return chain;
  };
  const level = desk.divisions.get(unit)?.level;
  const mayAsk = isAllowed(session, 'advice:decide', { divisions: chainOf(unit) });
  return (
    <Panel name="advice" count={answer.state === 'ready' ? String(answer.value.advice.length) : undefined}>
      {mayAsk && (level === 'city' || level === 'county') && (
        <AskAdvice key={unit} kind={level === 'city' ? 'moves' : 'plan'} division={unit} onDone={reload} />
      )}
      <Awaited answer={answer}>
        {({ advice, running }) => (
          <>
            {running.length > 0 && <p class="board-panel__note">{text.running}</p>}
            {advice.length === 0 && running.length === 0 && <Quiet>{text.empty}</Quiet>}
            {advice.map(one => (
              <AdviceCard
                key={one.id}
                advice={one}
                now={now}
                mayDecide={isAllowed(session, 'advice:decide', { divisions: chainOf(one.division) })}
                onChanged={reload}
                onMachine={machine => choose('machine', machine)}
              />
            ))}
          </>
        )}
      </Awaited>
    </Panel>
  );
}

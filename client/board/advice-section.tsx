import type { Session } from '../connection/session.ts';
import { Quiet } from '../panels/message.tsx';
import type { BoardParts } from './board-parts.ts';
import { Panel } from './panel.tsx';
import { boardWords } from './words.ts';

/** What is advised, with why. */
export function AdviceSection(_parts: BoardParts & { session: Session }) {
  return (
    <Panel name="advice">
      <Quiet>{boardWords.value.advice.empty}</Quiet>
    </Panel>
  );
}

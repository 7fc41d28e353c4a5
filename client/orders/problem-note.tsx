import type { RequestFailed } from '../connection/http.ts';
import { problemText } from './problem-text.ts';

/** What was refused and why; nothing while nothing was. */
export const ProblemNote = ({ failed }: { failed: RequestFailed | null }) =>
  failed && (
    <p class="note note--late" role="alert">
      {problemText(failed)}
    </p>
  );

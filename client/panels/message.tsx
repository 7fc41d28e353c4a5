import type { ComponentChildren } from 'preact';
import type { Answer } from '../connection/answer.ts';
import { words } from '../language/language.ts';
import { timeOfDay } from '../state/format.ts';

/** A quiet line in place of content: loading, or what would fill an empty list. */
export const Quiet = ({ children }: { children: ComponentChildren }) => <p class="quiet">{children}</p>;

/** Says what went wrong and what to do, and offers to try again. */
export function Failure({ code, retry }: { code: keyof typeof words.value.problems; retry?: () => void }) {
  const text = words.value;
  return (
    <div class="failure" role="alert">
      <p>{text.problems[code]}</p>
      {retry && (
        <button type="button" class="button" onClick={retry}>
          {text.retry}
        </button>
      )}
    </div>
  );
}

/** Shows the content once its answer has come. */
export function Awaited<Value>({ answer, children }: { answer: Answer<Value>; children: (value: Value) => ComponentChildren }) {
  if (answer.state === 'loading') return <Quiet>{words.value.loading}</Quiet>;
  if (answer.state === 'failed') {
    const mayHelp = answer.code !== 'forbidden' && answer.code !== 'notFound';
    return <Failure code={answer.code} {...(mayHelp && { retry: answer.retry })} />;
  }
  return (
    <>
      {answer.isStale && (
        <p class="note note--late" role="status">
          {words.value.stale(timeOfDay(answer.at))}
        </p>
      )}
      {children(answer.value)}
    </>
  );
}

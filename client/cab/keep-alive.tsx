import { keepAliveWords } from './keep-alive-words.ts';
import { cabWords } from './words.ts';

/** What keeps the page recording, by make of phone; it is there without a network. */
export function KeepAlive({ onBack }: { onBack: () => void }) {
  const text = keepAliveWords.value;
  return (
    <main class="cab-page">
      <header class="cab-top">
        <h1>{text.title}</h1>
        <button type="button" class="cab-button" onClick={onBack}>
          {cabWords.value.back}
        </button>
      </header>
      <div class="cab-body cab-alive">
        <p>{text.lead}</p>
        <h2>{text.all}</h2>
        <Steps steps={text.allSteps} />
        <p class="cab-small">{text.browser}</p>
        {text.makes.map(({ name, steps }) => (
          <details key={name} class="cab-gaps" name="make">
            <summary>{name}</summary>
            <Steps steps={steps} />
          </details>
        ))}
        <p class="cab-small">{text.differ}</p>
        <p class="cab-note">{text.honest}</p>
      </div>
    </main>
  );
}

const Steps = ({ steps }: { steps: readonly string[] }) => (
  <ol>
    {steps.map(step => (
      <li key={step}>{step}</li>
    ))}
  </ol>
);

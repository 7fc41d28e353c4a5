import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { words } from '../language/language.ts';
import './cab.css';
import './claims.css';
import './orders.css';
import { current, stored, trouble } from './cab-state.ts';
import { Call } from './call.tsx';
import { Engine } from './engine.ts';
import { Enrol } from './enrol.tsx';
import { Obstacle, obstacleHere } from './obstacle.tsx';
import { keepShell } from './shell.ts';
import { openCab } from './store.ts';
import { Work } from './work.tsx';

/** The operator's phone: one state a screen. Everything works without a network, once the phone is enrolled. */
export function Cab() {
  const obstacle = obstacleHere();
  return <div class="cab">{obstacle ? <Obstacle kind={obstacle} /> : <Enrolled />}</div>;
}

/** One for the life of the page: the browser's locks and channels belong to it. */
let started: Promise<Engine> | null = null;
const startEngine = (): Promise<Engine> => {
  started ??= openCab().then(database => new Engine(database));
  return started;
};

function Enrolled() {
  const engine = useSignal<Engine | null>(null);
  useEffect(() => {
    keepShell();
    startEngine().then(
      running => {
        engine.value = running;
      },
      cause => {
        trouble.value = String(cause);
      },
    );
  }, []);
  if (engine.value === null || stored.value === null) return <Starting />;
  if (current.value === null) return <Enrol engine={engine.value} />;
  return (
    <>
      <Work engine={engine.value} outbox={current.value} />
      <Call engine={engine.value} />
    </>
  );
}

function Starting() {
  return (
    <p class="cab-starting" role={trouble.value ? 'alert' : 'status'}>
      {trouble.value ?? words.value.loading}
    </p>
  );
}

import { useSignal } from '@preact/signals';
import { lazy, Suspense } from 'preact/compat';
import { words } from '../language/language.ts';
import { timeOfDay } from '../state/format.ts';
import { callRepair, leave, readNotices, switchDuty } from './acts.ts';
import { attention, isMute, isOnDuty, notices, orders, ownership, senses, stored, trouble } from './cab-state.ts';
import { CareLine } from './care-line.tsx';
import { claimWords } from './claim-words.ts';
import { DarkClock } from './dark-clock.tsx';
import type { Engine } from './engine.ts';
import { type BreakdownCall, FaultPicker } from './fault-picker.tsx';
import { FieldDone } from './field-done.tsx';
import { Figures } from './figures.tsx';
import { FuelCard } from './fuel-card.tsx';
import { FuelPage } from './fuel-page.tsx';
import { HeaderSwitch } from './header-switch.tsx';
import { type CabOrder, orderNow } from './inbox.ts';
import { Menu } from './menu.tsx';
import { NoticeLine, NoticePage } from './notice-lines.tsx';
import { OrderButton } from './order-button.tsx';
import { OrdersAtHand } from './order-now.tsx';
import { orderWords } from './order-words.ts';
import { RefusedNotes } from './refused-notes.tsx';
import { RepairCard } from './repair-card.tsx';
import { NoPosition, Senses } from './senses.tsx';
import { update } from './shell.ts';
import type { OutboxState } from './store.ts';
import { useSecond, useUntouched } from './ticking.ts';
import { cabWords } from './words.ts';

const RecordPage = lazy(() => import('./record-page.tsx').then(module => ({ default: module.RecordPage })));
const DARK_AFTER_MS = 60_000;

/** The enrolled phone, on duty and off. */
export function Work({ engine, outbox }: { engine: Engine; outbox: OutboxState }) {
  const shown = useSignal<'work' | 'fault' | 'fuel' | 'menu' | 'notices' | 'record'>('work');
  useSecond();
  const onDuty = isOnDuty.value;
  const { isUntouched, wake } = useUntouched(DARK_AFTER_MS, onDuty && ownership.value === 'owner' && !outbox.isDenied);
  if (isUntouched) return <DarkClock engine={engine} onWake={wake} />;
  const toWork = () => {
    shown.value = 'work';
  };
  if (shown.value === 'fault') {
    const send = async (call: BreakdownCall) => {
      await callRepair(engine, call);
      toWork();
    };
    return <FaultPicker onSend={send} onBack={toWork} />;
  }
  if (shown.value === 'fuel') return <FuelPage engine={engine} hasPlace={outbox.newest !== null} onBack={toWork} />;
  if (shown.value === 'record') {
    return (
      <Suspense fallback={<p class="cab-starting">{words.value.loading}</p>}>
        <RecordPage engine={engine} onBack={toWork} />
      </Suspense>
    );
  }
  if (shown.value === 'menu') {
    const signOut = async () => {
      if (isOnDuty.value) await switchDuty(engine, false);
      await leave(engine);
    };
    return <Menu isOnDuty={onDuty} onLeave={signOut} onBack={toWork} />;
  }
  if (shown.value === 'notices') return <NoticePage onBack={toWork} />;
  const openNotices = () => {
    shown.value = 'notices';
    void readNotices(engine, notices.value);
  };
  const order = orderNow(orders.value);
  return (
    <main class="cab-page" inert={attention.value !== null && ownership.value === 'owner'}>
      <Top
        outbox={outbox}
        onMenu={() => {
          shown.value = 'menu';
        }}
      />
      <div class="cab-body">
        <Notices engine={engine} outbox={outbox} />
        <NoPosition />
        <RefusedNotes engine={engine} />
        <RepairCard />
        <CareLine engine={engine} />
        <FuelCard />
        {onDuty && isMute.value && <p class="cab-note">{orderWords.value.mute}</p>}
        <NoticeLine onOpen={openNotices} />
        <OrdersAtHand />
        <Figures outbox={outbox} now={engine.seasonNow()}>
          {onDuty && <FieldDone engine={engine} />}
          <button
            type="button"
            class="cab-button record-open"
            onClick={() => {
              shown.value = 'record';
            }}
          >
            <span>{claimWords.value.record}</span>
            <span class="cab-small">{claimWords.value.recordOf} ›</span>
          </button>
        </Figures>
        {onDuty && <HeaderSwitch engine={engine} />}
        <Senses outbox={outbox} />
      </div>
      <Foot
        engine={engine}
        order={onDuty ? order : null}
        isDenied={outbox.isDenied}
        onFault={() => {
          shown.value = 'fault';
        }}
        onFuel={() => {
          shown.value = 'fuel';
        }}
      />
    </main>
  );
}

function Top({ outbox, onMenu }: { outbox: OutboxState; onMenu: () => void }) {
  const text = cabWords.value;
  const link = outbox.isDenied ? 'denied' : senses.value.link;
  const { duty } = stored.value!.facts;
  return (
    <header class="cab-top">
      <div class="cab-who">
        <strong>{outbox.plate}</strong>
        <span>{isOnDuty.value ? text.onDuty(timeOfDay(duty.since)) : text.offDuty}</span>
      </div>
      <span class={`cab-link cab-link--${link}`} role="status">
        {text.links[link]}
      </span>
      <button type="button" class="cab-icon" aria-label={text.menu} onClick={onMenu}>
        ☰
      </button>
    </header>
  );
}

/** What stands in the way of the ordinary, above it. */
function Notices({ engine, outbox }: { engine: Engine; outbox: OutboxState }) {
  const text = cabWords.value;
  const reload = update.value;
  return (
    <>
      {ownership.value === 'other' && (
        <div class="cab-note cab-note--amber" role="status">
          <strong>{text.otherTab}</strong>
          <p>{text.otherTabNote}</p>
          <button type="button" class="cab-button" onClick={() => engine.takeOver()}>
            {text.takeOver}
          </button>
        </div>
      )}
      {outbox.isDenied && (
        <div class="cab-note cab-note--late" role="alert">
          <strong>{text.denied}</strong>
          <p>{text.deniedNote}</p>
          <button type="button" class="cab-button" onClick={() => void leave(engine)}>
            {text.enrolAgain}
          </button>
        </div>
      )}
      {trouble.value !== null && (
        <p class="cab-note cab-note--late" role="alert">
          {text.trouble}: {trouble.value}
        </p>
      )}
      {reload !== null &&
        (isOnDuty.value ? (
          <p class="cab-note">{text.updateLater}</p>
        ) : (
          <button type="button" class="cab-button" onClick={reload}>
            {text.update}
          </button>
        ))}
    </>
  );
}

interface FootParts {
  engine: Engine;
  /** What the main button is for while on duty. */
  order: CabOrder | null;
  isDenied: boolean;
  onFault: () => void;
  onFuel: () => void;
}

function Foot({ engine, order, isDenied, onFault, onFuel }: FootParts) {
  const text = cabWords.value;
  const onDuty = isOnDuty.value;
  const isOther = ownership.value !== 'owner';
  const fault = (
    <button type="button" class="cab-button cab-button--fault" disabled={isOther || isDenied} onClick={onFault}>
      {text.breakdown}
    </button>
  );
  const fuel = (
    <button type="button" class="cab-button" disabled={isOther || isDenied} onClick={onFuel}>
      {claimWords.value.fuel}
    </button>
  );
  const duty = (
    <button
      type="button"
      class={order ? 'cab-button' : `cab-main ${onDuty ? 'cab-main--stop' : ''}`}
      disabled={isOther || (isDenied && !onDuty)}
      onClick={() => void switchDuty(engine, !onDuty)}
    >
      {onDuty ? text.stop : text.start}
    </button>
  );
  return (
    <footer class="cab-foot">
      {!onDuty && <p class="cab-small">{text.offDutyNote}</p>}
      {order ? (
        <OrderButton key={order.id} engine={engine} order={order} isDisabled={isOther || isDenied}>
          {fault}
          {fuel}
          {duty}
        </OrderButton>
      ) : (
        <>
          <div class="cab-row">
            {fault}
            {fuel}
          </div>
          {duty}
        </>
      )}
    </footer>
  );
}

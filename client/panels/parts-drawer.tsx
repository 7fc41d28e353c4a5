import { useAnswer } from '../connection/answer.ts';
import { nameOf, words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import type { LiveView } from '../state/live-view.ts';
import type { PartsTopic } from '../state/route.ts';
import { Drawer } from './drawer.tsx';
import { MachineParts } from './machine-parts.tsx';
import { Awaited } from './message.tsx';
import { OperationParts } from './operation-parts.tsx';
import { StageParts } from './stage-parts.tsx';

export interface PartsOf {
  division: string;
  topic: PartsTopic;
  view: LiveView | null;
  now: number;
  desk: Desk;
}

/** "From what?": the terms of a figure, the units and reports it is added up from, its source and its age. */
export function PartsDrawer({ division, topic, view, now, desk }: PartsOf) {
  const text = words.value;
  const parts = useAnswer('parts', { division }, 5_000).value;
  const unit = desk.divisions.get(division);
  const topicName = { ...text.operations, machines: text.parts.machinesTopic, stages: text.parts.stagesTopic }[topic];
  return (
    <Drawer title={text.parts.title(unit ? nameOf(unit) : division, topicName)}>
      <Awaited answer={parts}>
        {value => {
          // What the room sends each second is newer than what was asked for.
          const live = view?.units.get(division) ?? value.unit;
          if (topic === 'machines') return <MachineParts unit={live} view={view} desk={desk} />;
          if (topic === 'stages') return <StageParts stages={value.stages} now={now} view={view} />;
          return <OperationParts unit={live} parts={value} operation={topic} view={view} now={now} />;
        }}
      </Awaited>
    </Drawer>
  );
}

import { candidateWords } from '../candidates/words.ts';
import { nameOf, words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import { mu, percent } from '../state/format.ts';
import type { LiveView } from '../state/live-view.ts';
import type { MapHit } from './dispatch-map.ts';
import { shownState } from './machine-table.ts';

/** The lines of the small label that follows the mouse. */
export function hoverText(hit: MapHit, view: LiveView | null, desk: Desk): string[] {
  const text = words.value;
  if (hit.kind === 'badge') return [text.lists.badgeTitle(String(hit.ids.length))];
  if (hit.kind === 'machine') {
    const row = view?.machines.get(hit.id);
    const card = view?.cards.get(hit.id);
    if (!row || !view) return [hit.id];
    const title = [card?.plate || hit.id, card?.operatorName].filter(Boolean).join(' · ');
    return [title, [card ? text.kinds[card.kind] : '', text.states[shownState(row, view.asOf)]].filter(Boolean).join(' · ')];
  }
  if (hit.kind === 'field') {
    const [, stage, harvested, sown, reportedOnly] = hit.stage ?? [];
    const share = stage === 'harvesting' ? harvested : stage === 'sowing' ? sown : undefined;
    const named = stage === undefined ? text.stageUnknown : reportedOnly && stage === 'harvested' ? text.reportedOnly : text.stages[stage];
    return [`${text.area(mu(hit.areaMu))}`, share === undefined ? named : `${named} ${percent(share)}`];
  }
  if (hit.kind === 'candidate') {
    const candidate = desk.candidates.peek()?.find(({ id }) => id === hit.id);
    return [candidateWords.value.title, candidate ? text.area(mu(candidate.areaMu)) : ''].filter(Boolean);
  }
  const division = desk.divisions.get(hit.code);
  const unit = view?.units.get(hit.code) ?? desk.asked.peek().get(hit.code);
  if (!division) return [hit.code];
  const operation = desk.operation.value;
  return [nameOf(division), unit ? `${text.operations[operation]} ${percent(unit[operation].progress)}` : ''].filter(Boolean);
}

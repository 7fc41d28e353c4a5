import { LONGEST_DAYS, Season } from '../season-model/season.ts';
import { type Policy, viewer } from './season-policies/season-view.ts';

export interface Played {
  /** Not cut at the end of its unit's deadline, summed over the units. */
  lateMu: number;
  roadKm: number;
  /** Days until all was cut, at most as many as are simulated. */
  finishDay: number;
}

/** One season under one policy. Every policy gets the same country, machines, weather and errors of judgement. */
export function playSeason(seed: string, policy: Policy): Played {
  const season = new Season(seed);
  const view = viewer(season, seed);
  let lateMu = 0;
  while (season.day < LONGEST_DAYS && !season.isCut) {
    season.advance(season.day > 0 ? policy(view()) : []);
    for (const [unit, { deadlineDay, plantedMu }] of season.units.entries())
      if (deadlineDay === season.day - 1) lateMu += plantedMu - season.cutMu(unit);
  }
  return { lateMu: Math.round(lateMu * 10) / 10, roadKm: Math.round(season.roadKm), finishDay: season.day };
}

export interface Race {
  rule: string;
  meanLateMu: number;
  meanRoadKm: number;
  meanFinishDay: number;
  /** Seasons in which the advice left no more late mu than this rule, to a mu. */
  adviceNotWorse: number;
}

export function compare(rule: string, { played, advice }: { played: readonly Played[]; advice: readonly Played[] }): Race {
  const mean = (of: (one: Played) => number) => Math.round((played.reduce((sum, one) => sum + of(one), 0) / played.length) * 10) / 10;
  return {
    rule,
    meanLateMu: mean(one => one.lateMu),
    meanRoadKm: mean(one => one.roadKm),
    meanFinishDay: mean(one => one.finishDay),
    adviceNotWorse: played.filter((one, at) => advice[at].lateMu <= one.lateMu + 1).length,
  };
}

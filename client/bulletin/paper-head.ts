import { DateTime } from 'luxon';
import type { BulletinDraft, BulletinUnit, IssuedBulletin } from '../../shared/bulletin.ts';
import { ZONE } from '../../shared/season.ts';
import { addsUp } from './bulletin-table.ts';
import type { BulletinPhrases, PaperWords } from './phrases.ts';

/** A bulletin as it goes on paper: issued, or a draft that says so. */
export type Shown = Omit<IssuedBulletin, 'issuedAt'> & { issuedAt: number | null; isFinal: boolean; asOf: number };

export const shownIssued = (bulletin: IssuedBulletin): Shown => ({ ...bulletin, isFinal: true, asOf: bulletin.cutOff });
export const shownDraft = ({ draft, issued, sinceIssue, days: _, reports: __, ...head }: BulletinDraft): Shown => ({
  ...head,
  version: issued.length + 1,
  issuedAt: null,
  author: draft.author ?? '',
  reason: null,
  changes: issued.length > 0 ? sinceIssue : [],
});

/** What stands above and below the tables, everywhere the same. */
export interface PaperHead {
  title: string;
  lines: string[];
  foot: string[];
  words: PaperWords;
  phrases: BulletinPhrases;
  nameOf: (unit: BulletinUnit) => string;
}

const stamp = (at: number, pattern: string): string => DateTime.fromMillis(at, { zone: ZONE }).toFormat(pattern);
export const cutOffText = (at: number, words: PaperWords): string => stamp(at, words.isWan ? 'yyyy年M月d日 H:mm' : 'yyyy-MM-dd HH:mm');

export function paperHead(shown: Shown, { words, phrases, nameOf }: Pick<PaperHead, 'words' | 'phrases' | 'nameOf'>): PaperHead {
  const { content, issuedAt, version } = shown;
  const unit = words.isWan && content.total.level === 'city' ? words.unitWan : words.unitMu;
  return {
    title: words.title(nameOf(content.total)),
    lines: [
      words.asOf(cutOffText(shown.asOf, words)),
      issuedAt === null ? words.draft : words.version(version),
      ...(shown.isFinal ? [] : [words.notFinal]),
      words.unitLine(unit),
      ...(shown.demo ? [words.demo] : []),
    ],
    foot: [
      ...(content.units.length === 0 ? [words.noUnits] : []),
      ...(addsUp(content) ? [] : [words.notAddedUp]),
      words.rule,
      words.todayRule,
      words.source(shown.areaSource),
      ...(issuedAt === null ? [] : [words.issued(shown.author, cutOffText(issuedAt, words))]),
    ],
    words,
    phrases,
    nameOf,
  };
}

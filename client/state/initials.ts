/**
 * The first character of each letter's syllables in the order of pinyin, as every browser sorts Chinese; i, u and v begin no syllable.
 * A character that is read in several ways has the letter of its most usual one.
 */
const firsts: readonly [string, string][] = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀'].map((first, i) => [
  first,
  'abcdefghjklmnopqrstwxyz'[i],
]);
const order = new Intl.Collator('zh-CN-u-co-pinyin');

const letterOf = (character: string): string => {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase();
  return firsts.findLast(([first]) => order.compare(first, character) <= 0)?.[1] ?? '';
};

/** 荥阳市 → xys: what somebody types who does not want to switch the input method on. */
export const initialsOf = (text: string): string => [...text].map(letterOf).join('');

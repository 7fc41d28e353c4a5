import type { Operation } from '../../shared/season.ts';
import type { OrderGround } from './order-ground.ts';
import type { Registry } from './registry.ts';

const MOST = 20;

/** Towns, and the villages that fields name. */
export class RequestPlaces {
  constructor(
    private readonly registry: Registry,
    private readonly ground: OrderGround,
  ) {}

  /** Those that begin with what was typed come first; without it the unit's own towns. */
  find({ division, operation, q }: { division: string; operation: Operation; q: string }) {
    const { registry } = this;
    const within = (code: string) => registry.chain(code).includes(division);
    const towns = [...registry.divisions.values()].filter(({ code, level }) => level === 'town' && within(code));
    const found = [
      ...towns.flatMap(({ code, name }) => (name.includes(q) ? [{ town: code, village: '', at: name.indexOf(q) }] : [])),
      ...(q === '' ? [] : this.ground.villages.all()).flatMap(({ town, village }) => {
        // 高村官峪 finds 官峪村 of 高村乡.
        const name = `${registry.divisions.get(town)?.name ?? ''}${village}`;
        const at = village.includes(q) ? village.indexOf(q) : isSpread(q, name) ? 50 : -1;
        return at >= 0 && within(town) ? [{ town, village, at }] : [];
      }),
    ];
    found.sort((a, b) => a.at - b.at || a.village.length - b.village.length || (a.town < b.town ? -1 : 1));
    return found.slice(0, MOST).map(({ town, village }) => this.place(town, village, operation));
  }

  private place(town: string, village: string, operation: Operation) {
    const { registry, ground } = this;
    const unit = registry.divisions.get(town);
    const here = this.ground.villages.all().filter(one => one.town === town && (village === '' || one.village === village));
    const fields = here.flatMap(one => one.fields);
    return {
      division: town,
      divisionName: unit?.name ?? town,
      parentName: registry.divisions.get(unit?.parent ?? '')?.name ?? '',
      village,
      standingMu: Math.round((ground.uncoveredMu(fields, operation) ?? 0) * 10) / 10,
    };
  }
}

/** Whether the letters stand in the name in this order. */
function isSpread(letters: string, name: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = name.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return letters.length > 1;
}

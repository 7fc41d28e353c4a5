import type { FieldShape } from '../field-index.ts';
import { OpenGround } from '../open-ground.ts';
import type { Swath } from '../swath.ts';

/** Ground that swaths covered beyond all of these fields, m²: headlands that were swung over, an edge that is drawn too narrow. */
export function groundOutsideM2(swaths: readonly Swath[], fields: readonly FieldShape[]): number {
  if (swaths.length === 0) return 0;
  const ground = new OpenGround(swaths[0].ax, swaths[0].ay);
  for (const swath of swaths) ground.add(swath);
  for (const field of fields) ground.clear(field);
  return ground.areaM2();
}

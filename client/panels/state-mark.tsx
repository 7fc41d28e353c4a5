import { useEffect, useRef } from 'preact/hooks';
import { drawMark, type MachineKind } from '../map/marks.ts';
import type { MarkState } from '../map/palette.ts';

const SIDE = 22;

/** The mark of a state as the map draws it. */
export function StateMark({ state, kind = 'combine' }: { state: MarkState; kind?: MachineKind }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const ctx = canvas.current!.getContext('2d')!;
    const scale = 2;
    ctx.setTransform(scale, 0, 0, scale, (SIDE * scale) / 2, (SIDE * scale) / 2);
    ctx.clearRect(-SIDE, -SIDE, SIDE * 2, SIDE * 2);
    drawMark(ctx, state, kind, 6.5);
  }, [state, kind]);
  return <canvas class="state-mark" ref={canvas} width={SIDE * 2} height={SIDE * 2} />;
}

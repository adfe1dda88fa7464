import type { Box, GraphAnswer } from '../drawing/shapes.ts'
import { DrawnBase, DrawnRing } from './DrawnBoxes.tsx'
import { DrawnLit } from './DrawnLit.tsx'
import css from './graph.module.css'
import type { Lit } from './graph-current.ts'
import type { Scene } from './graph-scene.ts'
import type { View } from './graph-view.ts'

type DrawnSceneProps = { graph: GraphAnswer; scene: Scene; view: View; lit: Lit | null; current: Box | null }

/** The drawing itself: everything, faded while something stands out, and above it what does. */
export function DrawnScene({ graph, scene, view, lit, current }: DrawnSceneProps) {
  const { laid, bundles, labels, counts } = scene
  const { boxes, edges } = graph
  return (
    <svg className={css.drawing} aria-hidden="true">
      <defs>
        <marker
          id="asset-arrow"
          className={css.arrow}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0.500 8 4 0 7.500Z" />
        </marker>
      </defs>
      <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
        <g className={css.base} data-base data-faded={lit !== null || undefined}>
          <DrawnBase {...{ boxes, bundles, laid, labels, counts }} />
        </g>
        {lit ? <DrawnLit {...{ lit, boxes, edges, laid, labels }} /> : null}
        {current?.open ? <DrawnRing id={current.id} bundles={bundles} laid={laid} /> : null}
      </g>
    </svg>
  )
}

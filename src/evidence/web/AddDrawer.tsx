import { useNavigate } from '@tanstack/react-router'
import { useMe } from '../../web/frame/me.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { inTreeOrder } from '../../web/frame/tree.ts'
import { EvidenceForm } from './EvidenceForm.tsx'
import type { Names } from './names.ts'

/** Adds an item from the library: for the entity in view, or the topmost one that this reader sees. */
export default function AddDrawer({ names, onClose }: { names: Names; onClose: () => void }) {
  const navigate = useNavigate()
  const me = useMe()
  const scope = useEntityScope()
  const entityId = scope ?? inTreeOrder(names.entities)[0]?.node.id
  if (!entityId || !me.data) return null
  return (
    <EvidenceForm
      names={names}
      replaces={null}
      entityId={entityId}
      today={me.data.today}
      onClose={onClose}
      onSaved={(id) =>
        navigate({ to: '/app/evidence/$id', params: { id }, search: { open: undefined } as never })
      }
    />
  )
}
